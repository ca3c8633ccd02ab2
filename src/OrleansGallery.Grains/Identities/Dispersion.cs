using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>How far images lie from their centroid: the mean of 1 - score, 0 to 2.</summary>
internal static class Dispersion
{
    /// <param name="embeddings">The images' raw embeddings, at least one.</param>
    /// <param name="centroid">The unit-norm centroid.</param>
    public static double Of(IEnumerable<float[]> embeddings, float[] centroid) =>
        OfUnits(embeddings.Select(embedding => QueryVector.Normalize(embedding)), centroid);

    /// <param name="units">The images' embeddings at length 1, at least one.</param>
    /// <param name="centroid">The unit-norm centroid.</param>
    public static double OfUnits(IEnumerable<float[]> units, float[] centroid) =>
        ShownRange.Distance(units.Average(unit => 1 - CanonicalScore.Score(unit, centroid)));
}
