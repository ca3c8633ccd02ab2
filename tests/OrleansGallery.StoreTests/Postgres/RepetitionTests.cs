using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What is repeated, how often, and what is said at the end.</summary>
public sealed class RepetitionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly List<double> _attempts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_AlwaysAway_PausesDoubleToASecondWithinTheLimit()
    {
        Task<int> write = Repetition().WriteAsync<int>(_ => FailAsync(new NpgsqlException("Away.")), Token);

        StoreAwayException away = await FailedAsync(write);

        Assert.Equal([0, 20, 60, 140, 300, 620, 1260, 2260, 3260, 4260], _attempts);
        Assert.True(away.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Read_AlwaysAway_IsCertain()
    {
        Task<int> read = Repetition().ReadAsync<int>(_ => FailAsync(new NpgsqlException("Away.")), Token);

        Assert.False((await FailedAsync(read)).IsOutcomeUnknown);
    }

    [Fact]
    public async Task Write_UnknownOnceAndRefusedCertainlyAfter_IsUnknown()
    {
        PostgresException certain = new("Read-only.", "ERROR", "ERROR", "25006");
        Task<int> write = Repetition().WriteAsync<int>(
            _ => FailAsync(_attempts.Count == 0 ? new NpgsqlException("Away.") : certain), Token);

        StoreAwayException away = await FailedAsync(write);

        Assert.Equal((StoreAwayReason.Failing, true), (away.Reason, away.IsOutcomeUnknown));
        Assert.Equal(2, _attempts.Count);
    }

    [Fact]
    public async Task Read_AwayTwice_GivesWhatTheThirdBrought()
    {
        Task<int> read = Repetition().ReadAsync(
            _ => _attempts.Count == 2 ? Task.FromResult(7) : FailAsync(new NpgsqlException("Away.")), Token);

        await ElapseAsync(read);

        Assert.Equal(7, await read);
    }

    [Theory]
    [InlineData("53100")]
    [InlineData("XX001")]
    [InlineData("42P01")]
    public async Task Read_OfWhatTryingAgainDoesNotHelp_FailsAtOnce(string state)
    {
        await Assert.ThrowsAsync<StoreAwayException>(() => Repetition().ReadAsync<int>(
            _ => FailAsync(new PostgresException("No.", "ERROR", "ERROR", state)), Token));

        Assert.Single(_attempts);
    }

    [Fact]
    public async Task Read_NoAnswer_IsGivenUpAtTheLimit()
    {
        Task<int> read = Repetition().ReadAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            Token);

        StoreAwayException away = await FailedAsync(read);

        Assert.Equal("PostgreSQL did not answer within 5 s (Postgres:RetryTime).", away.Message);
        Assert.Equal(Start + Limit, _time.GetUtcNow());
    }

    [Fact]
    public async Task Read_TokenFiredBetweenTwoTries_IsCancelled()
    {
        using CancellationTokenSource source = new();
        Task<int> read = Repetition().ReadAsync<int>(_ => FailAsync(new NpgsqlException("Away.")), source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private Repetition Repetition() => new(Limit, _time);

    private Task<int> FailAsync(Exception exception)
    {
        _attempts.Add((_time.GetUtcNow() - Start).TotalMilliseconds);
        return Task.FromException<int>(exception);
    }

    private async Task<StoreAwayException> FailedAsync(Task<int> task)
    {
        await ElapseAsync(task);
        return await Assert.ThrowsAsync<StoreAwayException>(() => task);
    }

    // The continuation of a fired delay runs before the clock goes on.
    private async Task ElapseAsync(Task task)
    {
        for (int i = 0; i < 1000 && !task.IsCompleted && _time.GetUtcNow() < Start + Limit; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        await task.WaitAsync(TimeSpan.FromSeconds(20), Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
