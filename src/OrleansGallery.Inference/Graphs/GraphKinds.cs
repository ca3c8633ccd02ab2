namespace OrleansGallery.Inference;

/// <summary>The architectures of models that bring a graph of their own instead of a network's weights.</summary>
internal static class GraphKinds
{
    /// <summary>An ONNX graph, run by ONNX Runtime.</summary>
    public const string Onnx = "onnx";

    /// <summary>A TorchScript program, run by Torch.</summary>
    public const string Script = "torchscript";

    /// <summary>The most numbers of an embedding.</summary>
    public const int MaxDimension = 65_536;

    public static bool Is(string architecture) => architecture is Onnx or Script;
}
