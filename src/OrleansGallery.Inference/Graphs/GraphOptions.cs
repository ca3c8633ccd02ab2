namespace OrleansGallery.Inference;

/// <summary>What a graph does not say of itself, or says wrongly.</summary>
public sealed record GraphOptions
{
    /// <summary>
    /// The conventions of a family of models: clip, dinov2, arcface or osnet; none: nothing is recognised. Default:
    /// told by the graph where it is unmistakable.
    /// </summary>
    public string? Preset { get; init; }

    /// <summary>The output's name. Default: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The order of the input's axes. Default: told by its shape.</summary>
    public GraphLayout? Layout { get; init; }

    /// <summary>The order of the colours. Default: red, green, blue.</summary>
    public GraphChannels? Channels { get; init; }

    /// <summary>Which tokens of a transformer are the embedding. Default: the preset's; needed without one.</summary>
    public GraphTokens? Tokens { get; init; }

    /// <summary>Whether embeddings are brought to length 1. Default: the preset's, else no.</summary>
    public bool? Normalize { get; init; }

    /// <summary>Whether a graph that takes only so many images at once is filled up with blank ones.</summary>
    public bool FixedBatch { get; init; }

    /// <summary>Whether a file that is a program may run.</summary>
    public bool Trust { get; init; }
}
