using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>An erasure and the enrolment of the same content elsewhere, at once: the content was enrolled before it was
/// erased, or is refused.</summary>
public sealed class ErasureOrderTests(PostgresFixture postgres) : PostgresNetworkTests(postgres)
{
    private const string Waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static string Id { get; } = TestIds.In(0, 2, "a");

    [Fact]
    public async Task Commit_ThatWaitsForItsPartitionWhileItsContentIsErased_IsRefused()
    {
        (OwnedPartition erased, OwnedPartition other, StoredImage image) = await FillAsync();
        Held held = await HoldAsync(RowOf(other));
        Task<bool> enrolment = EnrolAsync(other, image);
        await UntilWaitingAsync(enrolment);

        Assert.True(await new ModelErasure(erased, Id).CommitAsync(Near, "op", ModelErasure.Late));
        await held.ReleaseAsync();

        await AssertErasedAsync(enrolment);
        await StoredContent.AssertAsync(Near, other, Token);
    }

    [Fact]
    public async Task CommitErasure_WhileACommitWasJudged_WaitsForItsEnd()
    {
        (OwnedPartition erased, OwnedPartition other, StoredImage image) = await FillAsync();
        Held held = await HoldAsync($"SELECT gallery.none_erased(ARRAY[{other.Key.Gallery}], ARRAY[''::bytea])");

        Task<bool> erasure = new ModelErasure(erased, Id).CommitAsync(Far, "op", ModelErasure.Late);
        await UntilWaitingAsync(erasure);
        Task<bool> enrolment = EnrolAsync(other, image);
        await UntilWaitingAsync(erasure, enrolment);
        await held.ReleaseAsync();

        Assert.True(await erasure);
        await AssertErasedAsync(enrolment);
    }

    [Fact]
    public async Task Commit_WhileAnErasureOfTheVersionBeforeIsUnderWay_WaitsAndIsRefused()
    {
        (_, OwnedPartition other, StoredImage image) = await FillAsync();
        Held held = await HoldAsync(
            $"INSERT INTO gallery.erased VALUES ({other.Key.Gallery}, {ModelErasure.Late.ToUnixTimeMilliseconds()}, "
            + $"decode('{Convert.ToHexString(image.ContentHash)}', 'hex'))");

        Task<bool> enrolment = EnrolAsync(other, image);
        await UntilWaitingAsync(enrolment);
        await held.ReleaseAsync();

        await AssertErasedAsync(enrolment);
        await StoredContent.AssertAsync(Near, other, Token);
    }

    [Fact]
    public async Task CommitErasure_WhileACommitNeverEnds_GivesUpAndTheOthersGoOn()
    {
        (OwnedPartition erased, OwnedPartition other, _) = await FillAsync();
        Held held = await HoldAsync($"SELECT gallery.none_erased(ARRAY[{other.Key.Gallery}], ARRAY[''::bytea])");

        StoreAwayException away = await Assert.ThrowsAsync<StoreAwayException>(
            () => new ModelErasure(erased, Id).CommitAsync(Far, "op", ModelErasure.Late));
        Assert.Equal((StoreAwayReason.Unreachable, false), (away.Reason, away.IsOutcomeUnknown));

        Assert.True(await other.CommitAsync(Near, IdentityChange.Add(TestIds.In(1, 2, "c"), "1")));
        await held.ReleaseAsync();
    }

    private static string RowOf(OwnedPartition partition) =>
        $"SELECT FROM gallery.partitions WHERE gallery = {partition.Key.Gallery} "
        + $"AND partition = {partition.Key.Partition} FOR UPDATE";

    private static async Task AssertErasedAsync(Task<bool> enrolment) =>
        Assert.True((await Assert.ThrowsAsync<StoreDataException>(() => enrolment)).IsErased);

    private Task<bool> EnrolAsync(OwnedPartition partition, StoredImage image) =>
        partition.CommitAsync(Near, IdentityChange.Add(TestIds.In(1, 2, "b"), image));

    private async Task UntilWaitingAsync(params Task[] tasks)
    {
        while (await Database.ReadAsync(Waiting) is not long waiting || waiting < tasks.Length)
        {
            Assert.DoesNotContain(true, tasks.Select(task => task.IsCompleted));
        }
    }

    // Two partitions of a gallery; the first has an identity of one image.
    private async Task<(OwnedPartition Erased, OwnedPartition Other, StoredImage Image)> FillAsync()
    {
        GalleryRecord gallery = (await Near.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people", Dimension = TestImages.Dimension, Partitions = 2, CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(), Token))!;
        OwnedPartition[] partitions = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            i => OwnedPartition.TakeAsync(Near, new PartitionKey(gallery.Number, i), Token)));
        StoredImage image = TestImages.Of(Id, "1");
        Assert.True(await partitions[0].CommitAsync(Near, IdentityChange.Add(Id, image)));
        return (partitions[0], partitions[1], image);
    }

    private async Task<Held> HoldAsync(string text)
    {
        NpgsqlConnection connection = new(Database.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Token);
        await using NpgsqlCommand command = new(text, connection);
        await command.ExecuteNonQueryAsync(Token);
        return new Held(connection, transaction);
    }

    // Somebody's transaction with its locks.
    private sealed record Held(NpgsqlConnection Connection, NpgsqlTransaction Transaction)
    {
        public async Task ReleaseAsync()
        {
            await Transaction.CommitAsync(Token);
            await Connection.DisposeAsync();
        }
    }
}
