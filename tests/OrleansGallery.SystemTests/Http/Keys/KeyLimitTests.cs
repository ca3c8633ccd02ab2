using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class KeyLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Take_MoreThanPerSecond_SaysWhenThereIsRoom()
    {
        KeyLimits limits = Make(perSecond: 4, concurrent: 0);
        ApiKey key = Key("a");
        for (int i = 0; i < 4; i++)
        {
            limits.Take(key).Dispose();
        }

        RateLimitedException refused = Assert.Throws<RateLimitedException>(() => limits.Take(key));
        Assert.Equal(TimeSpan.FromSeconds(0.25), refused.Pause);
        Assert.Contains("4 requests per second", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Server:KeyRequestsPerSecond", refused.Message, StringComparison.Ordinal);
        limits.Take(Key("b")).Dispose();

        _time.Advance(refused.Pause);
        limits.Take(key).Dispose();
        Assert.Throws<RateLimitedException>(() => limits.Take(key));

        _time.Advance(TimeSpan.FromHours(1));
        for (int i = 0; i < 4; i++)
        {
            limits.Take(key).Dispose();
        }

        Assert.Throws<RateLimitedException>(() => limits.Take(key));
    }

    [Fact]
    public void Take_MoreAtOnce_IsRefusedUntilOneEnds()
    {
        KeyLimits limits = Make(perSecond: 0, concurrent: 2);
        IDisposable first = limits.Take(Key("a"));
        IDisposable second = limits.Take(Key("a"));

        RateLimitedException refused = Assert.Throws<RateLimitedException>(() => limits.Take(Key("a")));
        Assert.Equal(TimeSpan.Zero, refused.Pause);
        Assert.Contains("2 requests at once", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Server:KeyMaxConcurrent", refused.Message, StringComparison.Ordinal);

        first.Dispose();
        using IDisposable third = limits.Take(Key("a"));
        Assert.Throws<RateLimitedException>(() => limits.Take(Key("a")));
        second.Dispose();
    }

    [Fact]
    public void Take_OfAKeyWithItsOwnLimits_GoesByThose()
    {
        KeyLimits limits = Make(perSecond: 1, concurrent: 1);
        ApiKey key = Key("a") with { RequestsPerSecond = 3, MaxConcurrent = 2 };

        using IDisposable first = limits.Take(key);
        using IDisposable second = limits.Take(key);
        Assert.Throws<RateLimitedException>(() => limits.Take(key));
    }

    private static ApiKey Key(string id) => new()
    {
        Id = id, Name = id, SecretHash = [], Role = "read", CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private KeyLimits Make(int perSecond, int concurrent) => new(
        Options.Create(new ServerOptions { KeyRequestsPerSecond = perSecond, KeyMaxConcurrent = concurrent }), _time);
}
