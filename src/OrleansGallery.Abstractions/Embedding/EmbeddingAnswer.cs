namespace OrleansGallery.Abstractions;

/// <summary>An image's embedding, and what its silo still has to do.</summary>
[GenerateSerializer, Immutable, Alias("gallery.EmbeddingAnswer")]
public sealed record EmbeddingAnswer
{
    /// <summary>The raw embedding.</summary>
    [Id(0)]
    public required VectorBytes Embedding { get; init; }

    /// <summary>Images of searches that the silo has not answered, whoever sent them.</summary>
    [Id(1)]
    public required int Interactive { get; init; }

    /// <summary>Images of ingestion that the silo has not answered, whoever sent them.</summary>
    [Id(2)]
    public required int Bulk { get; init; }
}
