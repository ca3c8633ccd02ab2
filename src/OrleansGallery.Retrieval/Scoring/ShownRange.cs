namespace OrleansGallery.Retrieval;

/// <summary>
/// Scores and distances as they are shown. A unit vector in float32 is one but for some 1e-8, so a vector compared with
/// itself scores 1.0000000081. What ranks is the score as it was computed; what leaves is within its range. No
/// threshold
/// of -1 to 1 decides otherwise for it.
/// </summary>
public static class ShownRange
{
    /// <summary>A cosine similarity, or a bound of some.</summary>
    /// <param name="score">As computed.</param>
    /// <returns>-1 to 1.</returns>
    public static double Score(double score) => Math.Clamp(score, -1, 1);

    /// <summary>One minus a cosine similarity, or a mean of some.</summary>
    /// <param name="distance">As computed.</param>
    /// <returns>0 to 2.</returns>
    public static double Distance(double distance) => Math.Clamp(distance, 0, 2);
}
