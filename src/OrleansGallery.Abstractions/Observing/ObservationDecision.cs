namespace OrleansGallery.Abstractions;

/// <summary>What an observation became.</summary>
[GenerateSerializer, Alias("gallery.ObservationDecision")]
public enum ObservationDecision
{
    /// <summary>Images of an identity that was there.</summary>
    Joined = 0,

    /// <summary>A provisional identity.</summary>
    Founded = 1,

    /// <summary>Kept aside: more than one identity may be meant, or none.</summary>
    Parked = 2,
}
