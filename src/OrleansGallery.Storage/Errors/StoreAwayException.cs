namespace OrleansGallery.Storage;

/// <summary>The store cannot do its work now, through no fault of its caller.</summary>
/// <param name="reason">Why, by what an operator must do.</param>
/// <param name="message">The fact.</param>
/// <param name="cause">The driver's error; null: the store found out by itself.</param>
public sealed class StoreAwayException(StoreAwayReason reason, string message, Exception? cause = null)
    : IOException(message, cause)
{
    /// <summary>Why.</summary>
    public StoreAwayReason Reason { get; } = reason;

    /// <summary>Whether a write may have happened all the same; false: nothing was written, for certain.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Whether only others are in the way, who held for too long what was needed: the store is well, and
    /// nothing was written.</summary>
    public bool IsBusy { get; init; }
}
