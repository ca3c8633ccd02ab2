using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>The database of the benchmark: an empty one, or one that it made before.</summary>
internal static class BenchDatabase
{
    /// <exception cref="InvalidDataException">It is somebody else's.</exception>
    public static async Task PrepareAsync(string database, CancellationToken cancellationToken)
    {
        ClusterDatabaseUse use = await ClusterDatabase.ReadUseAsync(database, cancellationToken);
        if (!use.IsEmpty && use.Cluster != BenchCluster.Id)
        {
            string whose = use.Cluster is { } cluster ? $"it serves the cluster '{cluster}'" : "there are tables in it";
            throw new InvalidDataException(
                $"The database is not for benchmarks: {whose}. Name an empty one (--database, CREATE DATABASE ...).");
        }

        await ClusterDatabase.InitAsync(database, cancellationToken);
        await ClusterDatabase.CheckAsync(database, BenchCluster.Id, TimeProvider.System, cancellationToken);
    }
}
