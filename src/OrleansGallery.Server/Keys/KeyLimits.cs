using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>How many requests each key has under way here, and how many it may still begin now. Each process counts by
/// itself.</summary>
internal sealed class KeyLimits(IOptions<ServerOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, KeyUse> _uses = new(StringComparer.Ordinal);

    /// <summary>Begins a request.</summary>
    /// <param name="key">The key, which there is: there are not more of these than keys were made.</param>
    /// <returns>Ends it.</returns>
    /// <exception cref="RateLimitedException">The key may begin none now.</exception>
    public IDisposable Take(ApiKey key)
    {
        KeyUse use = _uses.GetOrAdd(key.Id, static _ => new KeyUse());
        int perSecond = key.RequestsPerSecond ?? options.Value.KeyRequestsPerSecond;
        int concurrent = key.MaxConcurrent ?? options.Value.KeyMaxConcurrent;
        return use.TryTake(perSecond, concurrent, time, out TimeSpan pause)
            ? use
            : throw new RateLimitedException(
                pause > TimeSpan.Zero
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"The key '{key.Id}' is good for {perSecond} requests per second "
                        + $"({OriginOf("requestsPerSecond", nameof(ServerOptions.KeyRequestsPerSecond))}); send it "
                        + $"again in {pause.TotalSeconds:0.###} s.")
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"The key '{key.Id}' is good for {concurrent} requests at once "
                        + $"({OriginOf("maxConcurrent", nameof(ServerOptions.KeyMaxConcurrent))}), and has them under "
                        + $"way."),
                pause);
    }

    private static string OriginOf(string field, string setting) =>
        $"the key's {field}, or {ServerOptions.Section}:{setting}";
}
