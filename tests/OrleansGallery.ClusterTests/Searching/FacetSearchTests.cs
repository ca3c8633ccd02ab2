using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Searches that leave a facet out, through the real grains and the real store.</summary>
public sealed class FacetSearchTests : IDisposable
{
    private const int Dimension = 16;
    private const int Identities = 24;

    private static readonly string[] Cameras = ["", "c1", "c2", "c3"];

    private readonly TemporaryFolder _folder = new();
    private readonly IdentityCentroid[] _expected =
        [.. Enumerable.Range(0, Identities).Select(_ => new IdentityCentroid(Dimension))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Search_WithoutAFacet_EqualsTheExactSumsAlsoAfterRemovalsAndARestart()
    {
        Gallery gallery;
        await using (GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db")))
        {
            gallery = await cluster.CreateAsync("people", Dimension);
            for (int identity = 0; identity < Identities; identity++)
            {
                for (int image = 0; image <= identity % 5; image++)
                {
                    await EnrolAsync(cluster, gallery, identity, image);
                }
            }

            await CheckAsync(cluster, gallery);

            // An identity's last image of a facet goes, and another identity goes as a whole.
            await RemoveAsync(cluster, gallery, identity: 4, image: 1);
            await cluster.Identity(gallery, "p9").DeleteAsync();
            _expected[9] = new IdentityCentroid(Dimension);
            await CheckAsync(cluster, gallery);
        }

        await using GalleryCluster again = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        await CheckAsync(again, gallery);
        await EnrolAsync(again, gallery, identity: 9, image: 2);
        await CheckAsync(again, gallery);
    }

    [Fact]
    public async Task Search_AfterPartitionsMoved_EqualsTheExactSums()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new SqliteGalleryStore(_folder.File("gallery.db")));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 4);
        for (int i = 0; i < 3 * Identities; i++)
        {
            await EnrolAsync(cluster, gallery, i % Identities, i / Identities);
        }

        for (int partition = 0; partition < gallery.Partitions; partition++)
        {
            await cluster.MoveAsync(gallery, partition, cluster.Silos[(partition + 1) % 2]);
        }

        await EnrolAsync(cluster, gallery, identity: 0, image: 3);
        await CheckAsync(cluster, gallery);
    }

    [Fact]
    public async Task Search_MoreFacetsThanConditions_IsRefusedAndOthersGoOn()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 1);
        for (int image = 0; image <= FacetedTable.MaxFacets; image++)
        {
            await cluster.Identity(gallery, "p0").EnrolAsync(Images.Of(0, image, Dimension, $"day {image}"));
        }

        float[] query = SyntheticVectors.Embedding(0, 99, Dimension);
        InvalidRequestException refused = await Assert.ThrowsAsync<InvalidRequestException>(
            () => SearchAsync(cluster, gallery, query, "day 1"));
        Assert.Contains("at most 64", refused.Message, StringComparison.Ordinal);
        Assert.Equal("p0", (await cluster.SearchAsync(gallery, query)).Matches[0].IdentityId);
    }

    private static string FacetOf(int identity, int image) => Cameras[(identity + image) % Cameras.Length];

    private static Task<SearchAnswer> SearchAsync(
        GalleryCluster cluster, Gallery gallery, float[] query, string facet) =>
        cluster.Grains.GetGrain<ISearchGrain>(0).SearchAsync(
            new SearchCommand
            {
                Gallery = gallery.Number,
                Partitions = gallery.Partitions,
                Dimension = gallery.Dimension,
                Query = VectorBytes.From(query),
                Top = 10,
                Deadline = TimeSpan.FromSeconds(10),
                ExcludedFacet = facet,
            },
            CancellationToken.None);

    private async Task EnrolAsync(GalleryCluster cluster, Gallery gallery, int identity, int image)
    {
        float[] vector = SyntheticVectors.Embedding(identity, image, Dimension, spread: 1);
        string facet = FacetOf(identity, image);
        await cluster.Identity(gallery, $"p{identity}").EnrolAsync(Images.Of(vector, facet, $"i{image}"));
        _expected[identity].Add(facet, vector);
    }

    private async Task RemoveAsync(GalleryCluster cluster, Gallery gallery, int identity, int image)
    {
        await cluster.Identity(gallery, $"p{identity}").RemoveImageAsync($"i{image}");
        _expected[identity].Remove(
            FacetOf(identity, image), SyntheticVectors.Embedding(identity, image, Dimension, spread: 1));
    }

    // At once, so that some wait in line together: those of different facets must not share a scan.
    private Task CheckAsync(GalleryCluster cluster, Gallery gallery) => Task.WhenAll(
        Cameras.Append("c9").SelectMany(facet => Enumerable.Range(0, 4).Select(async number =>
        {
            float[] query = SyntheticVectors.Embedding(number, 99, Dimension, spread: 1);
            SearchAnswer answer = await SearchAsync(cluster, gallery, query, facet);
            Assert.Equal(Expect(query, facet), answer.Matches);
            Assert.Equal((gallery.Partitions, gallery.Partitions), (answer.Asked, answer.Answered));
        })));

    private Match[] Expect(float[] query, string facet)
    {
        float[] unit = QueryVector.Normalize(query);
        float[] row = new float[Dimension];
        List<Match> matches = [];
        foreach ((int i, IdentityCentroid centroid) in _expected.Index())
        {
            if (centroid.TryGetCentroidExcept(facet, row))
            {
                matches.Add(new Match(
                    $"p{i}", ShownRange.Score(CanonicalScore.Score(unit, row)),
                    centroid.Count - (centroid.Find(facet)?.Count ?? 0)));
            }
        }

        return [.. matches.Order(MatchOrder.Instance).Take(10)];
    }
}
