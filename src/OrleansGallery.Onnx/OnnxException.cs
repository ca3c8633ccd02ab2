namespace OrleansGallery.Onnx;

/// <summary>An ONNX file cannot be used; the message is the fact, to stand behind the file's name.</summary>
public sealed class OnnxException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fact">What is wrong.</param>
    public OnnxException(string fact)
        : base(fact)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="fact">What is wrong.</param>
    /// <param name="inner">The cause.</param>
    public OnnxException(string fact, Exception inner)
        : base(fact, inner)
    {
    }
}
