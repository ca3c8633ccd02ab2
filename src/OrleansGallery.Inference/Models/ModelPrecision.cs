namespace OrleansGallery.Inference;

/// <summary>The numbers a network of ours computes with; its embeddings are float32 in any case.</summary>
#pragma warning disable CA1720 // Torch's and the settings' own names.
public enum ModelPrecision
{
    /// <summary>float16 on CUDA; on CPUs bfloat16 where the processor computes it and it is measured to be faster, else
    /// float32.</summary>
    Auto,

    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>16 bits, 11 of them digits: 1 - cosine to float32 at most 1e-5.</summary>
    Float16,

    /// <summary>16 bits, 8 of them digits, with the range of float32: 1 - cosine to float32 at most 1e-4.</summary>
    BFloat16,
}
#pragma warning restore CA1720
