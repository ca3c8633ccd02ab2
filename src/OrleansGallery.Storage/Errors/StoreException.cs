namespace OrleansGallery.Storage;

/// <summary>The store cannot do its work, through no fault of its caller. The leaves say what an operator must
/// do.</summary>
/// <param name="message">The fact.</param>
/// <param name="cause">The driver's error.</param>
public abstract class StoreException(string message, Exception cause) : IOException(message, cause)
{
    /// <summary>Whether a write may have happened all the same, because it failed at the commit; false: it was rolled
    /// back.</summary>
    public bool IsOutcomeUnknown { get; init; }
}
