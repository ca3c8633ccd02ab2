namespace OrleansGallery.Storage;

/// <summary>Why a store cannot do its work.</summary>
public enum StoreAwayReason
{
    /// <summary>Its server cannot be reached, does not answer in time, or is too busy; it may be back any
    /// moment.</summary>
    Unreachable,

    /// <summary>The disk or file fails, is read-only, or is locked.</summary>
    Failing,

    /// <summary>There is no room for a write, which was rolled back. Reads go on; writes do once there is
    /// room.</summary>
    Full,

    /// <summary>What it holds is damaged; trying again does not help.</summary>
    Damaged,
}
