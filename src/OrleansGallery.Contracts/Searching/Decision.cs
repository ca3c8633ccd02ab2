namespace OrleansGallery.Contracts;

/// <summary>What a search says of its best match.</summary>
public enum Decision
{
    /// <summary>The best match is above the threshold and leads by the margin.</summary>
    Known,

    /// <summary>The second best is within the margin.</summary>
    Ambiguous,

    /// <summary>No match, or the best is below the threshold.</summary>
    Unknown,
}
