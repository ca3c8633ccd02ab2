using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Changes that are remembered as operations, in their commit: once per id.</summary>
public abstract class NoteContract : GalleryStoreContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_WithNotes_ReadsThemBackAndTheChangesToo(bool removes)
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "2"), IdentityChange.Add("b", "1"));
        IdentityChange[] changes =
        [
            removes ? IdentityChange.Remove("a", "1") : IdentityChange.Add("a", "3"),
            removes ? IdentityChange.Delete("b") : IdentityChange.Add("b", "2"),
            IdentityChange.Add("c", "1"),
        ];
        PartitionWrite write = Noted(partition.Write(changes), "n1", "n2");

        Assert.Equal([true], await Store.CommitAsync([write]));
        partition.Apply(write, changes);

        await AssertStoredAsync(partition);
        foreach (string id in (string[])["n1", "n2"])
        {
            StoredOperation? note = await Store.ReadOperationAsync(partition.Key.Gallery, id, Token);
            Assert.Equal(($"{{\"{id}\":\"é\"}}", 0), (note?.Receipt, note?.Images.Count));
        }
    }

    [Fact]
    public async Task Commit_ANoteThatIsThere_IsRefusedAsAWhole()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        PartitionWrite first = Noted(partition.Write(IdentityChange.Add("a", "1")), "n1");
        Assert.Equal([true], await Store.CommitAsync([first]));
        partition.Apply(first, IdentityChange.Add("a", "1"));

        await Assert.ThrowsAsync<StoreDataException>(() => Store.CommitAsync(
            [Noted(partition.Write(IdentityChange.Add("b", "1"), IdentityChange.Add("c", "1")), "n1")]));

        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Commit_ANoteOfAnotherOwner_IsNotWritten()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        PartitionWrite write = Noted(partition.Write(IdentityChange.Add("a", "1")), "n1");

        Assert.Equal(
            [false], await Store.CommitAsync([write with { Held = write.Held with { Owner = Guid.NewGuid() } }]));

        Assert.Null(await Store.ReadOperationAsync(partition.Key.Gallery, "n1", Token));
    }

    private static PartitionWrite Noted(PartitionWrite write, params string[] ids) => write with
    {
        Identities =
        [
            .. write.Identities.Select((identity, i) => i >= ids.Length ? identity : identity with
            {
                Note = new StoredOperation
                {
                    Id = ids[i],
                    Digest = new byte[32],
                    Receipt = $"{{\"{ids[i]}\":\"é\"}}",
                    ExpiresAt = DateTimeOffset.UnixEpoch.AddYears(100),
                },
            }),
        ],
    };
}
