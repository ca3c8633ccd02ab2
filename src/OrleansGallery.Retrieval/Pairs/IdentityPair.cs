namespace OrleansGallery.Retrieval;

/// <summary>Two identities, whichever was named first.</summary>
public readonly record struct IdentityPair
{
    /// <summary>A pair.</summary>
    /// <param name="one">An identity.</param>
    /// <param name="other">Another one.</param>
    /// <exception cref="ArgumentException">They are the same.</exception>
    public IdentityPair(string one, string other)
    {
        int order = string.CompareOrdinal(one, other);
        (First, Second) = order < 0 ? (one, other)
            : order > 0 ? (other, one)
            : throw new ArgumentException($"'{one}' is no pair with itself.", nameof(other));
    }

    /// <summary>The id that is first (ordinal).</summary>
    public string First { get; }

    /// <summary>The other id.</summary>
    public string Second { get; }
}
