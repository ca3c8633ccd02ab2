using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>The streams of events that are open in this process. One key has at most a quarter of those that may be, so
/// that it leaves some to others.</summary>
internal sealed class EventStreams(IOptions<ServerOptions> options, ServerInstruments instruments)
{
    private const int Keys = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ofKeys = new(StringComparer.Ordinal);
    private int _open;

    /// <summary>Opens one.</summary>
    /// <param name="keyId">The key that it is begun with; null: no keys are asked for.</param>
    /// <returns>Closes it.</returns>
    /// <exception cref="OverloadedException">There are as many as may be.</exception>
    public IDisposable Open(string? keyId)
    {
        int most = options.Value.MaxEventStreams;
        lock (_gate)
        {
            if (_open >= most)
            {
                throw Refused($"{most} streams of events are open in this process");
            }

            if (keyId is not null)
            {
                int ofKey = _ofKeys.GetValueOrDefault(keyId);
                if (ofKey >= Math.Max(1, most / Keys))
                {
                    throw Refused(
                        $"The key '{keyId}' has {ofKey} streams of events open in this process, a quarter of the "
                        + $"{most} that may be");
                }

                _ofKeys[keyId] = ofKey + 1;
            }

            _open++;
        }

        instruments.OnStreams(1);
        return new Stream(this, keyId);
    }

    private static OverloadedException Refused(string why) => new(
        $"{why} ({ServerOptions.Section}:{nameof(ServerOptions.MaxEventStreams)}); try again when one has ended.");

    private void Close(string? keyId)
    {
        lock (_gate)
        {
            _open--;
            if (keyId is not null && --_ofKeys[keyId] == 0)
            {
                _ofKeys.Remove(keyId);
            }
        }

        instruments.OnStreams(-1);
    }

    private sealed class Stream(EventStreams streams, string? keyId) : IDisposable
    {
        public void Dispose() => streams.Close(keyId);
    }
}
