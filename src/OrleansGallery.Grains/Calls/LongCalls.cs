using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Says what became of the calls of a grain.</summary>
internal sealed class LongCalls(RunningCalls calls) : ILongCalls
{
    /// <inheritdoc />
    public Task<LongCall?> FindAsync(Guid callId) => Task.FromResult(calls.Find(callId));
}
