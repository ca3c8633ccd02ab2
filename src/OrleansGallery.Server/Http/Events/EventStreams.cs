using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>The streams of events that are open in this process.</summary>
internal sealed class EventStreams(IOptions<ServerOptions> options, ServerInstruments instruments)
{
    private int _open;

    /// <summary>Opens one.</summary>
    /// <returns>Closes it.</returns>
    /// <exception cref="OverloadedException">There are as many as may be.</exception>
    public IDisposable Open()
    {
        if (Interlocked.Increment(ref _open) > options.Value.MaxEventStreams)
        {
            Interlocked.Decrement(ref _open);
            throw new OverloadedException(
                $"{options.Value.MaxEventStreams} streams of events are open in this process "
                + $"({ServerOptions.Section}:{nameof(ServerOptions.MaxEventStreams)}); try again when one has ended.");
        }

        instruments.OnStreams(1);
        return new Stream(this);
    }

    private sealed class Stream(EventStreams streams) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref streams._open);
            streams.Closed();
        }
    }

    private void Closed() => instruments.OnStreams(-1);
}
