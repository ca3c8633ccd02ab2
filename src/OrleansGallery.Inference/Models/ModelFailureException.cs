namespace OrleansGallery.Inference;

/// <summary>A model was given an image that it takes, and gave nothing of use; the caller is not at fault.</summary>
public sealed class ModelFailureException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The fact, the values, and what to change.</param>
    public ModelFailureException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The fact, the values, and what to change.</param>
    /// <param name="inner">What the graph's runtime said.</param>
    public ModelFailureException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Whether it may lie with the device: another image would fare no better.</summary>
    public bool IsOfDevice { get; init; }
}
