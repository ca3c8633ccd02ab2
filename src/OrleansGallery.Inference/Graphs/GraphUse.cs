namespace OrleansGallery.Inference;

/// <summary>How a graph is fed, and what becomes of what it gives.</summary>
public sealed record GraphUse
{
    /// <summary>The input's name; empty where inputs have none.</summary>
    public string Input { get; init; } = string.Empty;

    /// <summary>The output's name; empty where outputs have none.</summary>
    public string Output { get; init; } = string.Empty;

    /// <summary>The order of the input's axes.</summary>
    public GraphLayout Layout { get; init; }

    /// <summary>The order of the colours.</summary>
    public GraphChannels Channels { get; init; }

    /// <summary>Which of a transformer's tokens are the embedding, where the output is [B, tokens, D].</summary>
    public GraphTokens Tokens { get; init; }

    /// <summary>Whether embeddings are brought to length 1.</summary>
    public bool Normalize { get; init; }

    /// <summary>Images of one run: 0 for any number, 1 for single ones, another for as many with blanks among them.
    /// </summary>
    public int Batch { get; init; }
}
