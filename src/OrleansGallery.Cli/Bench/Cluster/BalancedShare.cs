using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Whether every silo holds its share of the only gallery that there is.</summary>
internal static class BalancedShare
{
    public const string GalleryRole = "gallery";
    private const string Active = "active";

    /// <param name="cluster">The cluster as it describes itself.</param>
    /// <param name="silos">The silos that should be there, and no others.</param>
    /// <param name="partitions">How many partitions the gallery has.</param>
    public static bool IsReached(ClusterResponse cluster, IReadOnlyCollection<string> silos, int partitions)
    {
        ClusterSilo[] holders = [.. cluster.Silos.Where(silo => silo.Roles.Contains(GalleryRole))];
        int least = partitions / silos.Count;
        int most = (partitions + silos.Count - 1) / silos.Count;
        return cluster.Moves.Count == 0
            && holders.Select(silo => silo.Name).ToHashSet(StringComparer.Ordinal).SetEquals(silos)
            && holders.Length == silos.Count
            && holders.Sum(silo => silo.Partitions) == partitions
            && Array.TrueForAll(
                holders,
                silo => silo.Status == Active && silo.Partitions >= least && silo.Partitions <= most);
    }

    /// <summary>Rows that a silo holds now and that it, or nobody, held before.</summary>
    public static long MovedRows(ClusterResponse before, ClusterResponse after)
    {
        Dictionary<string, long> had = before.Silos.ToDictionary(silo => silo.Name, silo => silo.Rows);
        return after.Silos.Sum(silo => Math.Max(0, silo.Rows - had.GetValueOrDefault(silo.Name)));
    }
}
