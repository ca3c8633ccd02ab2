namespace OrleansGallery.Grains;

/// <summary>A point in time up to which an answer counts.</summary>
/// <param name="time">The clock.</param>
/// <param name="span">From now.</param>
internal sealed class Deadline(TimeProvider time, TimeSpan span)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>What is left; zero or less: it is over.</summary>
    public TimeSpan Left => span - time.GetElapsedTime(_started);
}
