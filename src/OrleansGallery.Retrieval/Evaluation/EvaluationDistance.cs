namespace OrleansGallery.Retrieval;

/// <summary>By what items are ranked, nearest first.</summary>
public enum EvaluationDistance
{
    /// <summary>Squared Euclidean distance; of unit vectors it gives the order of cosine similarity.</summary>
    Euclidean,

    /// <summary>|1 - cosine similarity|, at least 1e-12.</summary>
    Cosine,
}
