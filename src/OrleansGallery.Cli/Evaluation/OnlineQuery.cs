using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>A query for a running service: an image or its embedding, and whose it is.</summary>
internal sealed record OnlineQuery
{
    public required string Name { get; init; }

    public required ServedQuery Query { get; init; }

    /// <summary>Reads the image's file; null where the embedding is there.</summary>
    public Func<byte[]>? Read { get; init; }

    public float[]? Vector { get; init; }
}
