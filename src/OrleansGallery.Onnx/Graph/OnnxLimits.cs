namespace OrleansGallery.Onnx;

/// <summary>How much of a file is read.</summary>
internal static class OnnxLimits
{
    /// <summary>Nodes of all graphs; the largest image encoders have some thousands.</summary>
    public const int Nodes = 200_000;

    /// <summary>Weights of all graphs.</summary>
    public const int Tensors = 200_000;

    /// <summary>Graphs within graphs.</summary>
    public const int Depth = 8;

    /// <summary>Numbers of a tensor that are written one by one instead of packed.</summary>
    public const int Parts = 1 << 20;

    /// <summary>Axes of a tensor.</summary>
    public const int Rank = 16;

    /// <summary>Inputs and outputs of a graph.</summary>
    public const int Values = 10_000;
}
