using Npgsql;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A server whose commits must wait for a standby that is not there; it is this class's own.</summary>
public sealed class StandbyTests : OwnServerTests
{
    [Fact]
    public async Task CommitAndCreate_TheStandbyIsAway_AreUnknownAndNotAcknowledged()
    {
        using PostgresGalleryStore store = Database.Open(options: new PostgresStoreOptions
        {
            CommandTimeout = TimeSpan.FromSeconds(1), RetryTime = TimeSpan.FromSeconds(4),
        });
        GalleryRecord gallery = (await store.CreateGalleryAsync(Gallery("people"), Guid.NewGuid(), Token))!;
        OwnedPartition partition = await OwnedPartition.TakeAsync(store, new(gallery.Number, 0), Token);
        await ConfigureAsync("'nobody'");
        StoreAwayException commit;
        StoreAwayException create;
        try
        {
            commit = await Assert.ThrowsAsync<StoreAwayException>(() => partition.CommitAsync(store));
            create = await Assert.ThrowsAsync<StoreAwayException>(() => store.CreateGalleryAsync(
                Gallery("others"), Guid.NewGuid(), Token));
        }
        finally
        {
            await ConfigureAsync("''");
        }

        Assert.True(commit.IsOutcomeUnknown && create.IsOutcomeUnknown);
        Assert.Equal(StoreAwayReason.Unreachable, commit.Reason);
    }

    private static GalleryRecord Gallery(string name) =>
        new() { Name = name, Dimension = 2, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch };

    private async Task ConfigureAsync(string standbys)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Database.Database.ConnectionString);
        await using NpgsqlCommand set = source.CreateCommand(
            $"ALTER SYSTEM SET synchronous_standby_names = {standbys}");
        await set.ExecuteNonQueryAsync(Token);
        await using NpgsqlCommand load = source.CreateCommand("SELECT pg_reload_conf()");
        await load.ExecuteNonQueryAsync(Token);
        await using NpgsqlCommand show = source.CreateCommand("SHOW synchronous_standby_names");
        while ((string?)await show.ExecuteScalarAsync(Token) != standbys.Trim('\''))
        {
            await Task.Yield();
        }
    }
}
