using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>A gallery of 4 components on a cluster, and what observes for it.</summary>
internal sealed class ObservedGallery
{
    private ObservedGallery(GalleryCluster cluster, Gallery gallery) => (Cluster, Gallery) = (cluster, gallery);

    public GalleryCluster Cluster { get; }

    public Gallery Gallery { get; }

    public static async Task<ObservedGallery> CreateAsync(GalleryCluster cluster) => new(
        cluster, await cluster.Gallery("people").CreateAsync(new Gallery
        {
            Name = "people",
            Dimension = 4,
            Partitions = 8,
            Settings = new GallerySettings
            {
                Observe = new ObserveSettings { JoinThreshold = 0.9, FoundThreshold = 0.5, DissolveAfterDays = 1 },
            },
        }));

    public GalleryObserver NewObserver(IGrainFactory? grains = null) => new(
        new SearchRouter(grains ?? Cluster.Grains, TimeProvider.System), grains ?? Cluster.Grains,
        TimeProvider.System);

    /// <summary>Observes, again and again where it is told to.</summary>
    public async Task<ObservationOutcome> ObserveAsync(GalleryObserver observer, string id, params float[] vector)
    {
        while (true)
        {
            try
            {
                return await observer.ObserveAsync(
                    Gallery, Observe(id, vector), ObservationRule.Of(Gallery, null, null, null),
                    TestContext.Current.CancellationToken);
            }
            catch (Exception exception) when (ClusterFailures.Translate(exception) is { Retryable: true })
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Founds an identity as one whose server stopped before it was compared with others; 5 minutes ago.
    /// </summary>
    public Task FoundUnsettledAsync(string id, params float[] vector)
    {
        Observation observation = Observe(id, vector);
        string identityId = GalleryObserver.IdentityOf(id);
        return Task.Run(async () => await Cluster.Identity(Gallery, identityId).ObserveAsync(new Sighting
        {
            Record = new ObservationRecord
            {
                ObservationId = id,
                Decision = ObservationDecision.Founded,
                IdentityId = identityId,
                Images = [],
                Candidates = [],
                JoinThreshold = 0.9,
                FoundThreshold = 0.5,
                Margin = 0,
                DecidedAt = DateTimeOffset.UtcNow.AddMinutes(-5),
            },
            Images = await observation.EmbedAsync(),
            Digest = observation.Digest,
            PromoteImages = 10,
            PromoteDispersion = 1,
        }));
    }

    public async Task<string[]> IdentitiesAsync() =>
        [.. (await Cluster.Gallery("people").ListIdentitiesAsync(null, 1000)).Identities.Select(one => one.IdentityId)];

    private static Observation Observe(string id, float[] vector)
    {
        VectorBytes embedding = VectorBytes.From(vector);
        byte[] hash = SHA256.HashData(embedding.Bytes);
        return new Observation
        {
            ObservationId = id,
            Digest = SHA256.HashData(hash),
            EmbedAsync = () => Task.FromResult<IReadOnlyList<ImageToEnrol>>(
                [new ImageToEnrol { ImageId = id, Facet = "", ContentHash = hash, Embedding = embedding }]),
        };
    }
}
