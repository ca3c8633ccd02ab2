using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>An erasure that others hold up in PostgreSQL tries again, and says nothing of the store.</summary>
[Trait("Category", "Store")]
public sealed class BusyErasureTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_WhileASessionHoldsTheGallery_IsTriedAgainAndTheStoreStaysWell()
    {
        await ClusterDatabase.InitAsync(database.ConnectionString, Token);
        int tries = 0;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(() => new FaultyStore(
            new PostgresGalleryStore(database.ConnectionString, new PostgresStoreOptions()))
        {
            BeforeErasure = () => Interlocked.Increment(ref tries),
        });
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        StoreHealth health = cluster.Silos[0].ServiceProvider.GetRequiredService<StoreHealth>();
        int changes = 0;
        health.Changed += () => Interlocked.Increment(ref changes);

        await using NpgsqlConnection session = new(database.ConnectionString + ";Pooling=false");
        await session.OpenAsync(Token);
        await using NpgsqlTransaction transaction = await session.BeginTransactionAsync(Token);
        await using NpgsqlCommand hold = new(
            $"SELECT gallery.none_erased(ARRAY[{two.Gallery.Number}], ARRAY[''::bytea])", session);
        await hold.ExecuteNonQueryAsync(Token);
        Task<ErasureReceipt> erasure = two.Grain(TwoIdentities.Low).EraseAsync(new EraseRequest { OperationId = "e1" });
        await Eventually.UntilAsync(() => Volatile.Read(ref tries) >= 2);
        Assert.Equal((null, 0), (health.Failure, changes));
        await transaction.CommitAsync(Token);

        Assert.Equal(5, (await erasure).ImagesErased);
        Assert.Equal((null, 0), (health.Failure, changes));
        two.Erased(TwoIdentities.Low);
        await two.AssertAsync();
    }
}
