using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Describes the cluster. Reentrant: it has no state.</summary>
[GrainType("gallery.cluster"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class ClusterGrain(IGalleryStore store, SiloRoster roster, SiloPartitionsClient silos)
    : Grain, IClusterGrain
{
    /// <inheritdoc />
    public async Task<ClusterSummary> DescribeAsync()
    {
        SiloRoster.Page page = roster.Current;
        (ClusterMember Silo, SiloReport? Report)[] members = await Task.WhenAll(page.Members
            .Where(member => member.Status != SiloStatus.Dead)
            .Select(async member => (member, await AskAsync(page, member.SiloAddress))));
        ILookup<long, int> placed = members.SelectMany(member => member.Report?.Partitions ?? [])
            .ToLookup(place => place.Gallery, place => place.Partition);
        IReadOnlyList<GalleryRecord> galleries = await store.ListGalleriesAsync(CancellationToken.None);
        return new ClusterSummary
        {
            Silos = [.. members.Select(member => Describe(page, member.Silo, member.Report))],
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

    private static SiloSummary Describe(SiloRoster.Page page, ClusterMember silo, SiloReport? report) => new()
    {
        Name = page.NameOf(silo.SiloAddress)?.Name ?? silo.Name,
        Roles = page.NameOf(silo.SiloAddress)?.Roles ?? [],
        Status = report?.IsDraining == true ? "draining"
            : report is null && page.HasRole(silo.SiloAddress, SiloRoles.Gallery) && silo.Status == SiloStatus.Active
                ? "silent"
                : silo.Status.ToString().ToLowerInvariant(),
        Partitions = report?.Partitions.Count ?? 0,
        Rows = report?.Rows ?? 0,
        LeaseAge = report?.Partitions.Count > 0 ? report.LeaseAge : null,
        Queue = report?.Queue ?? 0,
    };

    private static IEnumerable<MoveSummary> Moves(
        SiloRoster.Page page, IReadOnlyList<GalleryRecord> galleries, ClusterMember from, SiloReport? report) =>
        (report?.Moves ?? []).Select(move => new MoveSummary
        {
            Gallery = galleries.FirstOrDefault(gallery => gallery.Number == move.Gallery)?.Name ?? string.Empty,
            Partition = move.Partition,
            From = page.NameOf(from.SiloAddress)?.Name ?? from.Name,
            To = page.NameOf(move.To)?.Name ?? move.To.ToString(),
        });

    private async Task<SiloReport?> AskAsync(SiloRoster.Page page, SiloAddress silo)
    {
        if (!page.IsActive(silo) || !page.HasRole(silo, SiloRoles.Gallery))
        {
            return null;
        }

        try
        {
            return await silos.On(silo).ReportAsync();
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
            return null;
        }
    }
}
