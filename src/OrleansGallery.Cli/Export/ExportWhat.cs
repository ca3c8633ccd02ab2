namespace OrleansGallery.Cli;

/// <summary>What is exported of a gallery.</summary>
internal enum ExportWhat
{
    /// <summary>The embedding of every image.</summary>
    Embeddings,

    /// <summary>The centroid of every identity.</summary>
    Centroids,
}
