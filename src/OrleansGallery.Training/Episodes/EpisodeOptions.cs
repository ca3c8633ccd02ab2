using OrleansGallery.Retrieval;

namespace OrleansGallery.Training;

/// <summary>How episodes are drawn and decided.</summary>
public sealed record EpisodeOptions
{
    /// <summary>Identities of an episode. Default: 20.</summary>
    public int Ways { get; init; } = 20;

    /// <summary>Images of each identity that its centroid is made of. Default: 1.</summary>
    public int Shots { get; init; } = 1;

    /// <summary>Other images of each identity that are searched for. Default: 5.</summary>
    public int QueriesPerIdentity { get; init; } = 5;

    /// <summary>Episodes. Default: 1,000.</summary>
    public int Episodes { get; init; } = 1000;

    /// <summary>Where chance starts. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// By what the nearest centroid is found: <c>cosine</c> (default), as galleries do, or <c>euclidean</c> between raw
    /// vectors, as in Prototypical Networks.
    /// </summary>
    public EvaluationDistance Distance { get; init; } = EvaluationDistance.Cosine;
}
