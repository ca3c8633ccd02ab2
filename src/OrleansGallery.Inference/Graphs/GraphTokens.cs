namespace OrleansGallery.Inference;

/// <summary>Which of a transformer's tokens are the embedding.</summary>
public enum GraphTokens
{
    /// <summary>The first, which stands for the image.</summary>
    First,

    /// <summary>The mean of all.</summary>
    Mean,
}
