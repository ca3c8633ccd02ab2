using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Two spellings of one name are two identities, and are found.</summary>
public sealed class SpellingTests : IDisposable
{
    private const string Composed = "Jos\u00E9";
    private const string Decomposed = "Jose\u0301";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task FindSpellings_AmongManyIdentities_AreThoseOfOneNameAndStayApart()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        Gallery gallery = await cluster.CreateAsync("people", partitions: 4);
        string[] ids =
        [
            Composed, Decomposed, "Jose", "\u1E69", "s\u0323\u0307", "s\u0307\u0323", "alone e\u0301", "\uAC01",
            "\u1100\u1161\u11A8", .. Enumerable.Range(0, 1_200).Select(i => $"p{i}"),
        ];
        await Task.WhenAll(ids.Select((id, i) => cluster.Identity(gallery, id).EnrolAsync(Images.Of(i, 0))));

        IReadOnlyList<IdentitySpellings> found = await cluster.Gallery("people").FindSpellingsAsync(
            TestContext.Current.CancellationToken);

        Assert.Equal([Composed, "\u1E69", "\uAC01"], found.Select(name => name.Name));
        Assert.Equal(
            [
                [Decomposed, Composed], ["s\u0307\u0323", "s\u0323\u0307", "\u1E69"],
                ["\u1100\u1161\u11A8", "\uAC01"],
            ],
            found.Select(name => name.Identities.Select(identity => identity.IdentityId).ToArray()));
        using SqliteGalleryStore store = new(_folder.File("gallery.db"));
        Assert.Equal(2, (await new SpellingSearch(store, gallery.Number).RunAsync(
            2, TestContext.Current.CancellationToken)).Count);
        Assert.All(found.SelectMany(name => name.Identities), identity => Assert.Equal(1, identity.Count));
        await cluster.Identity(gallery, Decomposed).TransferAsync(
            new TransferRequest { OperationId = "m", TargetId = Composed });
        Assert.Equal(2, (await cluster.Gallery("people").FindSpellingsAsync(
            TestContext.Current.CancellationToken)).Count);
    }

    public void Dispose() => _folder.Dispose();
}
