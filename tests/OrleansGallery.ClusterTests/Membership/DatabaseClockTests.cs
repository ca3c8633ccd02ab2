using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

[Trait("Category", "Store")]
public sealed class DatabaseClockTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData(-3600, " s behind the database's, 5.0 s are allowed: set the clock (NTP) and start again.")]
    [InlineData(7200, " s ahead of the database's, 5.0 s are allowed: set the clock (NTP) and start again.")]
    public async Task Check_OnAMachineThatIsOff_SaysHow(int seconds, string message)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);

        ClockOffsetException exception = await Assert.ThrowsAsync<ClockOffsetException>(
            () => DatabaseClock.CheckAsync(source, new OffClock(seconds), TestContext.Current.CancellationToken));

        // The server runs on this machine, so that nothing but the time of an answer is added.
        Assert.InRange(exception.Offset.TotalSeconds - seconds, -1, 1);
        Assert.EndsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OnAMachineThatIsRight_Passes()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);

        await DatabaseClock.CheckAsync(source, new OffClock(0), TestContext.Current.CancellationToken);
    }

    private sealed class OffClock(int seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(seconds);
    }
}
