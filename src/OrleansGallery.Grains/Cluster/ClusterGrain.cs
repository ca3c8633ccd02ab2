using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Describes the cluster. Reentrant: it has no state.</summary>
[GrainType("gallery.cluster"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class ClusterGrain(IGalleryStore store, SiloRoster roster, SiloPartitionsClient silos)
    : Grain, IClusterGrain
{
    // A silo's images are counted for all its models; a name that is in every key, so that one activation serves.
    private const string AnyModel = "default";

    /// <inheritdoc />
    public async Task<ClusterSummary> DescribeAsync()
    {
        SiloRoster.Page page = roster.Current;
        (ClusterMember Silo, SiloReport? Report, int? Images)[] members = await Task.WhenAll(page.Members
            .Where(member => member.Status != SiloStatus.Dead)
            .Select(member => AskAsync(page, member)));
        ILookup<long, int> placed = members.SelectMany(member => member.Report?.Partitions ?? [])
            .ToLookup(place => place.Gallery, place => place.Partition);
        IReadOnlyList<GalleryRecord> galleries = await store.ListGalleriesAsync(CancellationToken.None);
        return new ClusterSummary
        {
            Silos = [.. members.Select(member => Describe(page, member.Silo, member.Report, member.Images))],
            Moves = [.. members.SelectMany(member => Moves(page, galleries, member.Silo, member.Report))],
            Galleries =
            [
                .. galleries.Select(gallery => new PlacedGallery
                {
                    Name = gallery.Name,
                    Partitions = gallery.Partitions,
                    Placed = placed[gallery.Number].Distinct().Count(),
                }),
            ],
        };
    }

    private static SiloSummary Describe(
        SiloRoster.Page page, ClusterMember silo, SiloReport? report, int? images) => new()
    {
        Name = page.NameOf(silo.SiloAddress)?.Name ?? silo.Name,
        Roles = page.NameOf(silo.SiloAddress)?.Roles ?? [],
        Status = report?.IsDraining == true ? "draining"
            : IsSilent(page, silo, SiloRoles.Gallery, report) || IsSilent(page, silo, SiloRoles.Embedding, images)
                ? "silent"
                : silo.Status.ToString().ToLowerInvariant(),
        Partitions = report?.Partitions.Count ?? 0,
        Rows = report?.Rows ?? 0,
        LeaseAge = report?.Partitions.Count > 0 ? report.LeaseAge : null,
        Queue = (report?.Queue ?? 0) + (images ?? 0),
    };

    private static bool IsSilent<T>(SiloRoster.Page page, ClusterMember silo, string role, T? answer) =>
        answer is null && silo.Status == SiloStatus.Active && page.HasRole(silo.SiloAddress, role);

    private static IEnumerable<MoveSummary> Moves(
        SiloRoster.Page page, IReadOnlyList<GalleryRecord> galleries, ClusterMember from, SiloReport? report) =>
        (report?.Moves ?? []).Select(move => new MoveSummary
        {
            Gallery = galleries.FirstOrDefault(gallery => gallery.Number == move.Gallery)?.Name ?? string.Empty,
            Partition = move.Partition,
            From = page.NameOf(from.SiloAddress)?.Name ?? from.Name,
            To = page.NameOf(move.To)?.Name ?? move.To.ToString(),
        });

    private async Task<(ClusterMember Silo, SiloReport? Report, int? Images)> AskAsync(
        SiloRoster.Page page, ClusterMember silo)
    {
        SiloAddress address = silo.SiloAddress;
        Task<SiloReport?> report = AskAsync(
            page, address, SiloRoles.Gallery, async () => (SiloReport?)await silos.On(address).ReportAsync());
        Task<int?> images = AskAsync(
            page, address, SiloRoles.Embedding,
            async () => (int?)await GrainFactory.GetGrain<IEmbedderGrain>(
                GrainKeys.Embedder(address, AnyModel)).CountQueuedAsync());
        return (silo, await report, await images);
    }

    private static async Task<T?> AskAsync<T>(
        SiloRoster.Page page, SiloAddress silo, string role, Func<Task<T?>> call)
    {
        if (!page.IsActive(silo) || !page.HasRole(silo, role))
        {
            return default;
        }

        try
        {
            return await call();
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
            return default;
        }
    }
}
