using Orleans.Concurrency;

namespace OrleansGallery.Abstractions;

/// <summary>
/// What became of a call that takes long, asked of the grain that was called: a client of silos cannot know otherwise
/// that a silo on its way was lost. Every grain has it. What is asked after is found wherever the grain is now, so a
/// grain that is called so is reentrant: a call that waited in line would look lost.
/// </summary>
[Alias("gallery.ILongCalls")]
public interface ILongCalls : IGrainExtension
{
    /// <summary>Finds a call.</summary>
    /// <param name="callId">Its id.</param>
    /// <returns>The call; null: it does not run, and did not end a moment ago.</returns>
    [Alias("Find"), AlwaysInterleave, ResponseTimeout("00:00:03")]
    Task<LongCall?> FindAsync(Guid callId);
}
