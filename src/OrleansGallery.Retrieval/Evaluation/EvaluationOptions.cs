namespace OrleansGallery.Retrieval;

/// <summary>How retrieval is evaluated.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Which items a query is compared with. Default: <see cref="EvaluationProtocol.Reid"/>.</summary>
    public EvaluationProtocol Protocol { get; init; } = EvaluationProtocol.Reid;

    /// <summary>By what they are ranked. Default: <see cref="EvaluationDistance.Euclidean"/>.</summary>
    public EvaluationDistance Distance { get; init; } = EvaluationDistance.Euclidean;

    /// <summary>Whether queries, images and centroids are L2-normalised, after the centroids were averaged.
    /// Default: true.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>
    /// Whether to reproduce a defect of the published code: it looks a gallery image's camera up at the image's place
    /// in the gallery within the list of all cameras, which begins with the queries'. Centroids are then made of the
    /// wrong images, same-camera images among them, and the results are too good. Only for comparing with published
    /// numbers. Default: false.
    /// </summary>
    public bool ReferenceCompatible { get; init; }
}
