using System.Collections.Concurrent;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>The calls on this silo whose callers ask after them. What one answered is kept for as long as its caller
/// may ask: it may have been lost with the silo that was to pass it on.</summary>
internal sealed class RunningCalls(TimeProvider time)
{
    private static readonly LongCall Running = new() { HasEnded = false };

    private readonly ConcurrentDictionary<Guid, LongCall> _calls = new();

    /// <summary>The call; null: it does not run, and did not end a moment ago.</summary>
    public LongCall? Find(Guid call) => _calls.GetValueOrDefault(call);

    /// <summary>A call begins.</summary>
    public void Begin(Guid call) => _calls[call] = Running;

    /// <summary>A call ends.</summary>
    public void End(Guid call, object? result, Exception? failure)
    {
        _calls[call] = new LongCall { HasEnded = true, Result = result, Failure = failure };
        _ = ForgetAsync(call);
    }

    private async Task ForgetAsync(Guid call)
    {
        await Task.Delay(LongCallWatch.MaxSilence, time).ConfigureAwait(false);
        _calls.TryRemove(call, out _);
    }
}
