using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A server that is lost in the middle of commits; it is this class's own.</summary>
public sealed class CrashTests : OwnServerTests
{
    [Fact]
    public async Task Any_ServerCrashesAndComesBack_WaitsForItAndLosesNothingThatWasHeard()
    {
        PostgresServer server = Database.Database.Server;
        using PostgresGalleryStore store = Database.Open(
            options: new PostgresStoreOptions { RetryTime = TimeSpan.FromSeconds(30) });
        StoreCaller caller = new(() => store);
        RandomOperations operations = new(caller, 5);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task crashing = CrashAsync(server, end.Token);

        await operations.RunAsync(1200);

        await end.CancelAsync();
        await crashing;
    }

    // The next crash comes once the server has done some work again.
    private async Task CrashAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        for (int crash = 0; crash < 3; crash++)
        {
            long until = await CommitsAsync() + 40;
            while (await CommitsAsync() < until && !cancellationToken.IsCancellationRequested)
            {
                await Task.Yield();
            }

            await server.CrashAsync();
            await server.RestartAsync();
        }
    }

    private async Task<long> CommitsAsync() =>
        (long)(await Database.ReadAsync("SELECT coalesce(sum(sequence), 0)::bigint FROM gallery.partitions"))!;
}
