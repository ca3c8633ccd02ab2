namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST /v1/galleries</c>.</summary>
public sealed record CreateGalleryRequest
{
    /// <summary>1 to 256 UTF-8 bytes, no control characters, no <c>/</c>, not <c>.</c> or <c>..</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Components of an embedding. Default: the model's dimension; required without a model.</summary>
    public int? Dimension { get; init; }

    /// <summary>Partitions, fixed for the gallery's life. Default: 64.</summary>
    public int? Partitions { get; init; }

    /// <summary>The id of the model that embeds images, <c>default</c> for the service's own; null: vectors only.</summary>
    public string? Model { get; init; }

    /// <summary>Whether each embedding is L2-normalised before it is stored and summed. Default: false.</summary>
    public bool NormalizeFirst { get; init; }

    /// <summary>The score below which the best match counts as <c>unknown</c>. Default: none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The lead over the second best below which the decision is <c>ambiguous</c>. Default: 0.</summary>
    public double Margin { get; init; }
}
