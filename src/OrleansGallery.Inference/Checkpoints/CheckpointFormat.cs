namespace OrleansGallery.Inference.Checkpoints;

/// <summary>How a checkpoint's file is made.</summary>
public enum CheckpointFormat
{
    /// <summary>safetensors: a JSON header and numbers.</summary>
    Safetensors,

    /// <summary>PyTorch since 1.6, and Lightning: a zip archive of a pickle and numbers.</summary>
    TorchZip,

    /// <summary>PyTorch before 1.6: pickles, then numbers.</summary>
    TorchLegacy,

    /// <summary>ONNX: a graph and its weights.</summary>
    Onnx,
}
