namespace OrleansGallery.Abstractions;

/// <summary>Which of the batcher's lanes an image takes.</summary>
[GenerateSerializer, Alias("gallery.EmbeddingPriority")]
public enum EmbeddingPriority
{
    /// <summary>A person waits for the answer: a search.</summary>
    Interactive = 0,

    /// <summary>Ingestion.</summary>
    Bulk = 1,
}
