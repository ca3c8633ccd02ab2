namespace OrleansGallery.Inference;

/// <summary>A checkpoint cannot be used; the message names the file, the fact and what differs.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The checkpoint's path.</param>
    /// <param name="fact">What is wrong with it.</param>
    public CheckpointException(string file, string fact)
        : base($"Checkpoint '{file}': {fact}")
    {
        File = file;
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="file">The checkpoint's path.</param>
    /// <param name="fact">What is wrong with it.</param>
    /// <param name="inner">The cause.</param>
    public CheckpointException(string file, string fact, Exception inner)
        : base($"Checkpoint '{file}': {fact}", inner)
    {
        File = file;
    }

    /// <summary>The checkpoint's path.</summary>
    public string File { get; }
}
