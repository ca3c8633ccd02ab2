namespace OrleansGallery.Contracts;

/// <summary>What an observation became.</summary>
public enum ObservationStatus
{
    /// <summary>Images of an identity that was there.</summary>
    Joined,

    /// <summary>A provisional identity.</summary>
    Founded,

    /// <summary>Kept aside, with its candidates: no search finds it until it is resolved.</summary>
    Parked,
}
