using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Refuses, before anything of a process starts, a database with which it cannot work.</summary>
internal sealed class ClusterCheck(ClusterMemberOptions cluster, TimeProvider time) : StartCheck
{
    /// <inheritdoc />
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        string setting = ClusterMemberOptions.Name(nameof(cluster.Database));
        try
        {
            await ClusterDatabase.CheckAsync(cluster.Database, cluster.Id, time, cancellationToken);
        }
        catch (Exception exception) when (exception
            is ClusterDatabaseException or StoreSchemaException or ClockOffsetException)
        {
            throw new StartRefusedException($"{setting}: {exception.Message}", exception);
        }
    }
}
