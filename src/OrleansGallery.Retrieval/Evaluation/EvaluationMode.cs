namespace OrleansGallery.Retrieval;

/// <summary>What a query is compared with.</summary>
public enum EvaluationMode
{
    /// <summary>Single gallery images.</summary>
    Instance,

    /// <summary>Centroids.</summary>
    Centroid,
}
