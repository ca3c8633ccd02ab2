namespace OrleansGallery.Inference;

/// <summary>
/// A native library (Torch's, ONNX Runtime's) cannot be made to load on this machine, or lacks the device or the
/// precision asked for; the message says what is missing and what to do.
/// </summary>
public sealed class TorchRuntimeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The fact, the values, and what to change.</param>
    public TorchRuntimeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The fact, the values, and what to change.</param>
    /// <param name="inner">What the loader or the file system said.</param>
    public TorchRuntimeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
