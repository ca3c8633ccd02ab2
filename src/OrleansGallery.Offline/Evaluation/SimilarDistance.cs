namespace OrleansGallery.Offline;

/// <summary>By what the offline ranking compares vectors.</summary>
public enum SimilarDistance
{
    /// <summary>The squared Euclidean distance.</summary>
    Euclidean,

    /// <summary>|1 - cosine|, at least 1e-12.</summary>
    Cosine,
}
