using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Identities' attributes: written with a commit, kept by those that say nothing of them, gone with their
/// identity.</summary>
public abstract class AttributeContract : GalleryStoreContract
{
    private static readonly AttributeSet Red = Set("colour", "red", "\u00E9\U00010000", "\"\\ b");
    private static readonly AttributeSet Full = AttributeSet.Of(Enumerable.Range(0, 32).Select(
        i => KeyValuePair.Create(new string((char)('a' + (i % 26)), 1 + i), new string('x', 100))));

    [Fact]
    public async Task Commit_Attributes_AreInEveryReadAndStayWhereNothingIsSaidOfThem()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", "1") with { Attributes = Red }, IdentityChange.Add("b", "1"));
        await AssertStoredAsync(partition);

        await partition.CommitAsync(Store, IdentityChange.Add("a", "2"));
        await AssertStoredAsync(partition);
        Assert.Equal(Red, partition.Identities["a"].Attributes);

        await partition.CommitAsync(Store, IdentityChange.Set("a", Full));
        await AssertStoredAsync(partition);
        Assert.Equal(
            [("a", 3, Full), ("b", 1, AttributeSet.Empty)],
            (await Store.ListIdentitiesAsync(partition.Key.Gallery, null, 9, Token))
                .Select(one => (one.IdentityId, (int)one.Version, one.Attributes)));

        await partition.CommitAsync(Store, IdentityChange.Remove("a", "1") with { Attributes = AttributeSet.Empty });
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Commit_AnIdentityThatEndsAndComesAgain_HasNoneOfItsOldAttributes()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1") with { Attributes = Red });
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));

        await AssertStoredAsync(partition);
        Assert.Equal(AttributeSet.Empty, partition.Identities["a"].Attributes);
    }

    [Fact]
    public async Task ReadRows_AfterASequence_HasIdentitiesWhoseAttributesAloneChanged()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"), IdentityChange.Add("b", "1"));
        await partition.CommitAsync(Store, IdentityChange.Set("b", Red));

        List<StoredRow> rows = [];
        await Store.ReadRowsAsync(partition.Key, 1, rows.Add, Token);

        StoredRow row = Assert.Single(rows);
        Assert.Equal(("b", 2, Red), (row.IdentityId, row.Version, row.Attributes));
    }

    [Fact]
    public async Task Commit_OfAShareThatIsAnothers_ChangesNoAttributes()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1") with { Attributes = Red });
        PartitionWrite late = partition.Write(
            Guid.NewGuid(), IdentityChange.Set("a", Full)) with { Sequence = 0 };

        Assert.Equal([false], await Store.CommitAsync([late]));

        await AssertStoredAsync(partition);
    }

    private static AttributeSet Set(params string[] texts) =>
        AttributeSet.Of(texts.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
}
