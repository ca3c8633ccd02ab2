using OrleansGallery.Abstractions;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Identities' attributes through the real grains and the real store: set, kept, gone, moved along, and
/// searched by.</summary>
public sealed class AttributeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Low => TwoIdentities.Low;

    private static string High => TwoIdentities.High;

    private string DatabaseFile => _folder.File("gallery.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Set_ThenRestartAndEnrol_KeepsThemAndTheHash()
    {
        Gallery gallery;
        string hash;
        await using (GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile))
        {
            TwoIdentities two = await TwoIdentities.FillAsync(cluster);
            gallery = two.Gallery;
            IdentitySnapshot before = await two.Grain(Low).GetAsync(false);
            Assert.Empty(before.Attributes);
            AttributesReceipt set = await SetAsync(two, Low, ("colour", "red"), ("brand", "x"));
            Assert.True(set.Version > before.Version);
            Assert.Equal("brand=x, colour=red", Text(set.Attributes));

            AttributesReceipt again = await SetAsync(two, Low, ("colour", "red"), ("none", null));
            Assert.Equal((set.Version, "brand=x, colour=red"), (again.Version, Text(again.Attributes)));
            await SetAsync(two, Low, ("brand", null), ("size", ""));
            hash = (await two.Grain(Low).GetAsync(false)).Hash;
            Assert.Equal(before.Hash, hash);
            await two.AssertAsync();
        }

        await using GalleryCluster later = await GalleryCluster.StartAsync(DatabaseFile);
        IIdentityGrain identity = later.Identity(gallery, Low);
        await identity.EnrolAsync(Images.Of(0, 90, TwoIdentities.Dimension));
        Assert.Equal("colour=red, size=", Text((await identity.GetAsync(false)).Attributes));
        Assert.Equal([Low], await FindAsync(later, gallery, "colour", ["red"]));
        AttributesReceipt replaced = await identity.SetAttributesAsync(
            new AttributesRequest { Changes = Of(("only", "this")), ReplacesAll = true });
        Assert.Equal("only=this", Text(replaced.Attributes));
        Assert.Empty(await FindAsync(later, gallery, "colour", ["red"]));
    }

    [Fact]
    public async Task Set_MoreThanMayBe_IsRefusedAndChangesNothing()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string, string?)[] many = [.. Enumerable.Range(0, 32).Select(i => ($"k{i}", (string?)"x"))];
        await SetAsync(two, Low, many);

        InvalidRequestException refused = await Assert.ThrowsAsync<InvalidRequestException>(
            () => SetAsync(two, Low, ("one more", "x")));
        Assert.Contains("33", refused.Message, StringComparison.Ordinal);
        Assert.Contains("32", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidRequestException>(() => SetAsync(
            two, High, [.. Enumerable.Range(0, 20).Select(i => ($"k{i}", (string?)new string('x', 256)))]));
        Assert.Empty((await two.Grain(High).GetAsync(false)).Attributes);
        await Assert.ThrowsAsync<IdentityNotFoundException>(
            () => two.Grain("nobody").SetAttributesAsync(new AttributesRequest { Changes = Of(("k", "v")) }));
        Assert.Equal(32, (await two.Grain(Low).GetAsync(false)).Attributes.Count);
    }

    [Fact]
    public async Task Identity_ThatEnds_TakesThemWithIt()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster, images: 1);
        await SetAsync(two, Low, ("colour", "red"));
        await SetAsync(two, High, ("colour", "red"));
        await two.Grain(High).DeleteAsync();
        await two.Grain(Low).RemoveImageAsync(two.ImagesOf(Low)[0]);

        Assert.Empty(await FindAsync(cluster, two.Gallery, "colour", ["red"]));
        await two.EnrolAsync(High, 3);
        await two.EnrolAsync(Low, 3);

        Assert.Empty((await two.Grain(High).GetAsync(false)).Attributes);
        Assert.Empty((await two.Grain(Low).GetAsync(false)).Attributes);
        Assert.Empty(await FindAsync(cluster, two.Gallery, "colour", ["red"]));
    }

    [Fact]
    public async Task Merge_KeepsTheTargetsAndAddsTheRest_AndIsUndone()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await SetAsync(two, Low, ("colour", "red"), ("brand", "x"), ("both", "same"));
        await SetAsync(two, High, ("colour", "blue"), ("both", "same"), ("own", "o"));

        await two.TransferAsync(Low, High, "m", null);

        await ExpectAsync(two, High, "both=same, brand=x, colour=blue, own=o");
        Assert.Equal([High], await FindAsync(cluster, two.Gallery, "brand", ["x"]));
        await two.UndoAsync(High, "m", "u");

        // Of the two colours the source's was not kept, and is not remembered.
        await ExpectAsync(two, Low, "both=same, brand=x");
        await ExpectAsync(two, High, "both=same, colour=blue, own=o");
        Assert.Equal([Low], await FindAsync(cluster, two.Gallery, "brand", ["x"]));
        await two.UndoAsync(Low, "u", "uu");
        await ExpectAsync(two, High, "both=same, brand=x, colour=blue, own=o");
        two.Moved(Low, High, null);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Undo_OfWhatChangedSince_LeavesItWhereItIs()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await SetAsync(two, Low, ("colour", "red"), ("size", "L"), ("brand", "x"));
        await SetAsync(two, High, ("colour", "red"));
        OperationReceipt merged = await two.TransferAsync(Low, High, "m", null);
        Assert.DoesNotContain("red", merged.SharedAttributes, StringComparison.Ordinal);
        await SetAsync(two, High, ("colour", "blue"), ("size", "M"));

        await two.UndoAsync(High, "m", "u");

        await ExpectAsync(two, Low, "brand=x");
        await ExpectAsync(two, High, "colour=blue, size=M");
    }

    [Fact]
    public async Task Rename_CarriesThemAndItsUndoCarriesThemBack()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await SetAsync(two, Low, ("colour", "red"));
        string name = TwoIdentities.IdIn(3, "new");

        await GiveAsync(two, name, "r", null);
        await ExpectAsync(two, name, "colour=red");
        await SetAsync(two, name, ("colour", "blue"), ("more", "1"));
        await two.UndoAsync(name, "r", "u");

        await ExpectAsync(two, Low, "colour=blue, more=1");
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => two.Grain(name).GetAsync(false));
    }

    [Fact]
    public async Task Split_AndMove_LeaveThemWhereTheyAre()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await SetAsync(two, Low, ("colour", "red"));
        string name = TwoIdentities.IdIn(1, "part");

        await GiveAsync(two, name, "s", two.ImagesOf(Low)[..2]);
        await ExpectAsync(two, Low, "colour=red");
        await ExpectAsync(two, name, "");
        await two.UndoAsync(name, "s", "u");

        await ExpectAsync(two, Low, "colour=red");
        Assert.Equal([Low], await FindAsync(cluster, two.Gallery, "colour", ["red"]));
    }

    [Fact]
    public async Task Search_AfterPartitionsMoved_StillFilters()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new SqliteGalleryStore(DatabaseFile));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await SetAsync(two, Low, ("colour", "red"));
        await SetAsync(two, High, ("colour", "blue"));
        for (int partition = 0; partition < TwoIdentities.Partitions; partition++)
        {
            await cluster.MoveAsync(two.Gallery, partition, cluster.Silos[(partition + 1) % 2]);
        }

        Assert.Equal([Low], await FindAsync(cluster, two.Gallery, "colour", ["red"]));
        Assert.Equal(
            new[] { Low, High }.Order(), (await FindAsync(cluster, two.Gallery, "colour", ["red", "blue"])).Order());
        Assert.Equal(
            [TwoIdentities.Beside], await FindAsync(cluster, two.Gallery, "colour", ["red", "blue"], isNot: true));
    }

    private static Dictionary<string, string?> Of(params (string Key, string? Value)[] changes) =>
        changes.ToDictionary(change => change.Key, change => change.Value);

    private static string Text(IReadOnlyDictionary<string, string> attributes) => string.Join(
        ", ", attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static Task<AttributesReceipt> SetAsync(
        TwoIdentities two, string id, params (string Key, string? Value)[] changes) => Answer.GetAsync(
        () => two.Grain(id).SetAttributesAsync(new AttributesRequest { Changes = Of(changes) }));

    private static Task<OperationReceipt> GiveAsync(
        TwoIdentities two, string name, string operation, string[]? imageIds) => Answer.GetAsync(
        () => two.Grain(Low).TransferAsync(new TransferRequest
        {
            OperationId = operation, TargetId = name, ImageIds = imageIds, Target = TransferTarget.New,
        }));

    private static async Task ExpectAsync(TwoIdentities two, string id, string attributes) =>
        Assert.Equal(attributes, Text((await Answer.GetAsync(() => two.Grain(id).GetAsync(false))).Attributes));

    private static async Task<string[]> FindAsync(
        GalleryCluster cluster, Gallery gallery, string key, string[] values, bool isNot = false)
    {
        SearchAnswer answer = await cluster.SearchAsync(
            gallery, SyntheticVectors.Embedding(0, 99, gallery.Dimension),
            filter: [new AttributeMatch { Key = key, Values = values, IsNot = isNot }]);
        Assert.Equal((gallery.Partitions, gallery.Partitions), (answer.Asked, answer.Answered));
        return [.. answer.Matches.Select(match => match.IdentityId)];
    }
}
