namespace OrleansGallery.Inference;

/// <summary>
/// The native Torch library cannot be made to load on this machine; the message says what is missing and what to do.
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
