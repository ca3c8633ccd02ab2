namespace OrleansGallery.Training;

/// <summary>Where convolutions and matrix products run in bfloat16.</summary>
public enum MixedPrecisionKind
{
    /// <summary>On CUDA devices only.</summary>
    Cuda,

    /// <summary>Everywhere; it pays on CPUs that compute in bfloat16.</summary>
    Always,

    /// <summary>Nowhere.</summary>
    Never,
}
