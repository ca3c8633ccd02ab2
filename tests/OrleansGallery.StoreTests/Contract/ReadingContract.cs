using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Rows after a sequence, pages in the order of UTF-8 bytes, audits, snapshots.</summary>
public abstract class ReadingContract : GalleryStoreContract
{
    // In UTF-16 the surrogates of U+10000 come before U+E000; in UTF-8 they come after U+FFFF.
    private static readonly string[] Ids =
    [
        "a", "Z", "z", "é", "e\u0301", "zz", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000",
        "\U0010FFFF", "a b", "a-b", "a%b", "a_b", "'", "\"", "\\", "$1", "ß", "İ", "0", "00", "~", new('x', 256),
    ];

    [Fact]
    public async Task ListIdentities_PagesOverAllPartitions_AreInTheOrderOfUtf8Bytes()
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(2);
        long gallery = partitions[0].Key.Gallery;
        string[][] ids = [.. partitions.Select((_, i) => Ids.Where(id => TestIds.PartitionOf(id, 2) == i).ToArray())];
        await partitions[0].CommitAsync(Store, [.. ids[0].Select(id => IdentityChange.Add(id, "1"))]);
        await partitions[1].CommitAsync(Store);
        await partitions[1].CommitAsync(Store, [.. ids[1].Select(id => IdentityChange.Add(id, "1", "2"))]);
        await (await CreateAndTakeAsync("others")).CommitAsync(Store, IdentityChange.Add("b", "1"));

        List<IdentityListing> listed = [];
        for (IReadOnlyList<IdentityListing> page = []; page.Count > 0 || listed.Count == 0; listed.AddRange(page))
        {
            page = await Store.ListIdentitiesAsync(gallery, listed.LastOrDefault()?.IdentityId, 5, Token);
            Assert.True(page.Count <= 5);
        }

        Assert.Equal(
            Ids.Order(Utf8Order.Instance).Select(
                id => ids[0].Contains(id) ? new IdentityListing(id, 1, 1) : new IdentityListing(id, 2, 2)),
            listed);
        Assert.Equal("b", (await Store.ListIdentitiesAsync(gallery + 1, null, 9, Token))[0].IdentityId);
    }

    [Fact]
    public async Task ReadImages_PagesOfAnIdentity_AreInTheOrderOfUtf8Bytes()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", Ids), IdentityChange.Add("b", Ids));

        foreach (bool withEmbeddings in (bool[])[false, true])
        {
            List<StoredImage> read = [];
            for (IReadOnlyList<StoredImage> page = []; page.Count > 0 || read.Count == 0; read.AddRange(page))
            {
                page = await Store.ReadImagesAsync(
                    partition.Key, "a", read.LastOrDefault()?.ImageId, 5, withEmbeddings, Token);
                Assert.True(page.Count <= 5);
            }

            Assert.Equal(
                partition.Identities["a"].Ordered.Select(image => StoredText.Of(
                    withEmbeddings ? image : image with { Embedding = null })),
                read.Select(StoredText.Of));
        }

        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task ReadImage_EachKind_IsThatOneOrNothing()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "i"), IdentityChange.Add("A", "1"));

        Assert.Equal(
            StoredText.Of(TestImages.Of("a", "i")),
            StoredText.Of((await Store.ReadImageAsync(partition.Key, "a", "i", Token))!));
        Assert.Null(await Store.ReadImageAsync(partition.Key, "a", "I", Token));
        Assert.Null(await Store.ReadImageAsync(partition.Key, "A", "i", Token));
        Assert.Null(await Store.ReadImageAsync(partition.Key with { Partition = 1 }, "a", "i", Token));
        Assert.Null(await Store.ReadIdentityAsync(partition.Key with { Partition = 1 }, "a", Token));
    }

    [Fact]
    public async Task ReadRows_AfterASequence_HasThoseThatChangedSince()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"), IdentityChange.Add("b", "1"));
        await partition.CommitAsync(Store, IdentityChange.Add("b", "2"), IdentityChange.Add("c", "1"));
        await partition.CommitAsync(Store, IdentityChange.Delete("c"));
        await partition.CommitAsync(Store, IdentityChange.Add("c", "1"));

        Assert.Equal(["a1", "b2", "c4"], await RowsAsync(0));
        Assert.Equal(["b2", "c4"], await RowsAsync(1));
        Assert.Equal(["c4"], await RowsAsync(2));
        Assert.Equal(["c4"], await RowsAsync(3));
        Assert.Equal([], await RowsAsync(4));

        async Task<IEnumerable<string>> RowsAsync(long after)
        {
            List<StoredRow> rows = [];
            await Store.ReadRowsAsync(partition.Key, after, rows.Add, Token);
            return rows.Select(row => $"{row.IdentityId}{row.Version}").Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task ReadRows_WhileACommitHappens_SeesOneSnapshot()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("p1", "1"), IdentityChange.Add("p3", "1"));
        List<string> seen = [];

        await Store.ReadRowsAsync(
            partition.Key,
            0,
            row =>
            {
                if (seen.Count == 0)
                {
                    Commit(
                        partition,
                        IdentityChange.Add("p2", "1"), IdentityChange.Delete("p1"), IdentityChange.Delete("p3"));
                }

                seen.Add($"{row.IdentityId} {row.Version}");
            },
            Token);

        Assert.Equal(["p1 1", "p3 1"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Audit_WhileCommitsAndAPurgeHappen_SeesOneSnapshot()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "2"), IdentityChange.Add("b", "1"));
        PartitionState state = partition.State;
        RecordedAudit audit = new()
        {
            OnFirst = () =>
            {
                Commit(partition, IdentityChange.Delete("b"), IdentityChange.Add("c", "1"));
                Commit(partition, IdentityChange.Add("b", TestImages.Of("b", "1", "c7", edition: 1)));
            },
        };

        await Store.AuditPartitionAsync(partition.Key, audit, Token);

        Assert.Equal(state, audit.State);
        Assert.Equal((2, 3), (audit.Identities.Count, audit.Images.Count));
        Assert.Equal(["a", "a", "b"], audit.Images.Select(image => image[..1]));
        Assert.EndsWith(StoredText.OfAll(TestImages.Of("b", "1")), audit.Images[2], StringComparison.Ordinal);
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Audit_NoSuchPartition_TellsNothing()
    {
        RecordedAudit audit = new();

        await Store.AuditPartitionAsync(new((await CreateAsync()).Number, 9), audit, Token);

        Assert.Null(audit.State);
    }

    [Fact]
    public async Task Audit_ManyIdentitiesOfManyKinds_IsComplete()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store,
            [.. Ids.Select((id, i) => IdentityChange.Add(
                id, Ids[..(i + 1)].Select((image, j) => TestImages.Of(id, image, j % 3 == 0 ? "" : Ids[j % 5]))))]);

        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task FindAndRead_NoSuchGallery_IsNothing()
    {
        Assert.Null(await Store.FindGalleryAsync("nobody", Token));
        Assert.Null(await Store.FindGalleryAsync(77, Token));
        Assert.Empty(await Store.ReadPartitionsAsync(77, Token));
        Assert.Null(await Store.ReadPartitionAsync(new(77, 0), Token));
        Assert.Empty(await Store.ListIdentitiesAsync(77, null, 10, Token));
        await Store.ReadRowsAsync(new(77, 0), 0, _ => Assert.Fail("There is none."), Token);
    }

    [Fact]
    public async Task Open_AfterAllHandlesWereClosed_HasWhatWasCommitted()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "2"), IdentityChange.Add("b", "1"));
        await partition.CommitAsync(Store, IdentityChange.Delete("b"));
        Store.Dispose();

        IGalleryStore again = await OpenAsync();

        await StoredContent.AssertAsync(again, partition, Token);
        Assert.True(await partition.CommitAsync(again, IdentityChange.Add("b", "1")));
        await StoredContent.AssertAsync(again, partition, Token);
    }

    [Fact]
    public async Task CheckWritable_OfAStoreThatIs_LeavesNothing()
    {
        OwnedPartition partition = await CreateAndTakeAsync();

        await Store.CheckWritableAsync(Token);
        await Store.CheckWritableAsync(Token);

        await AssertStoredAsync(partition);
        Assert.Single(await Store.ListGalleriesAsync(Token));
        Assert.Equal(0, await PurgeAllAsync());
    }

    private void Commit(OwnedPartition partition, params IdentityChange[] changes) =>
        Assert.True(Task.Run(() => partition.CommitAsync(Store, changes)).GetAwaiter().GetResult());
}
