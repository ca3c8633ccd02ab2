namespace OrleansGallery.Retrieval;

/// <summary>Single images and centroids on the same queries, side by side.</summary>
/// <param name="Instance">Every gallery image is a vector; identities without a query are in it.</param>
/// <param name="Centroid">Centroids, as the protocol has them: <see cref="EvaluationProtocol.Reid"/> leaves identities
/// without a query out, <see cref="EvaluationProtocol.Fashion"/> keeps them.</param>
/// <param name="InstanceDropped">As <paramref name="Instance"/>, without the identities that have no query.</param>
/// <param name="CentroidOther">Centroids with the identities without a query kept where the protocol drops them, and
/// dropped where it keeps them.</param>
public sealed record EvaluationReport(
    ModeResult Instance, ModeResult Centroid, ModeResult InstanceDropped, ModeResult CentroidOther);
