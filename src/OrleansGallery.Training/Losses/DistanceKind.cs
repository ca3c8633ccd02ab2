namespace OrleansGallery.Training;

/// <summary>How far apart two embeddings are.</summary>
public enum DistanceKind
{
    /// <summary>The root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>One minus the cosine of the angle between them.</summary>
    Cosine,
}
