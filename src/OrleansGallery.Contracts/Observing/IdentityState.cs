namespace OrleansGallery.Contracts;

/// <summary>What an identity is that comes from an observation.</summary>
public enum IdentityState
{
    /// <summary>One as any other: it was seen often enough, or somebody named it.</summary>
    Confirmed,

    /// <summary>A stranger that was seen seldom; searches find it.</summary>
    Provisional,

    /// <summary>Not decided; searches do not find it.</summary>
    Ambiguous,
}
