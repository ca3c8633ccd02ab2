using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class KnownKeysTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<ApiKey> _stored = [Make("a")];
    private readonly KnownKeys _keys;
    private Exception? _failure;
    private int _reads;

    public KnownKeysTests() => _keys = new KnownKeys(ReadAsync, _time);

    [Fact]
    public async Task Find_AgainAndAgain_ReadsOnceInTheTimeThatARevokedKeyMayLive()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
        }

        Assert.Equal(1, _reads);
        _stored.Clear();
        _time.Advance(KnownKeys.MaxAge);
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await _keys.FindAsync("a", KeyRole.Read));
    }

    [Fact]
    public async Task Find_AKeyThatWasJustMade_KnowsIt()
    {
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
        _stored.Add(Make("b"));
        _time.Advance(TimeSpan.FromMilliseconds(150));

        Assert.NotNull(await _keys.FindAsync("b", KeyRole.Read));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Find_ManyUnknownKeys_ReadsSeldom()
    {
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));

        Task<ApiKey?>[] asked = [.. Enumerable.Range(0, 1_000).Select(i => _keys.FindAsync($"no {i}", KeyRole.Read))];
        Assert.Equal(1, _reads);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.All(await Task.WhenAll(asked), Assert.Null);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Find_AfterForget_ReadsAtOnce()
    {
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
        _stored.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(200));

        _keys.Forget();

        Assert.Null(await _keys.FindAsync("a", KeyRole.Read));
    }

    [Fact]
    public async Task Find_WhileNobodyCanBeAsked_KnowsWhatItKnewForAWhile()
    {
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
        _failure = new RetryException("away");

        _time.Advance(KnownKeys.LongestOutage);
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RetryException>(() => _keys.FindAsync("a", KeyRole.Read));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RetryException>(() => _keys.FindAsync("b", KeyRole.Read));

        _failure = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
    }

    [Fact]
    public async Task Find_WhileNobodyCanBeAsked_KnowsForWritingWhatItKnewForAShorterWhile()
    {
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Admin));
        _failure = new RetryException("away");

        _time.Advance(KnownKeys.LongestWritingOutage);
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Write));
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<RetryException>(() => _keys.FindAsync("a", KeyRole.Write));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RetryException>(() => _keys.FindAsync("a", KeyRole.Admin));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _keys.FindAsync("a", KeyRole.Read));
    }

    private static ApiKey Make(string id) => new()
    {
        Id = id, Name = id, SecretHash = [], Role = "read", CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private Task<IReadOnlyList<ApiKey>> ReadAsync()
    {
        _reads++;
        return _failure is null
            ? Task.FromResult<IReadOnlyList<ApiKey>>([.. _stored])
            : Task.FromException<IReadOnlyList<ApiKey>>(_failure);
    }
}
