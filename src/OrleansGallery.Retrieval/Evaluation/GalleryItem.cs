namespace OrleansGallery.Retrieval;

/// <summary>What is ranked: a gallery image, or a centroid.</summary>
/// <param name="Label">Its identity.</param>
/// <param name="Facets">The facets of the images in it, ascending; a query of the same identity and one of these facets
/// is not compared with it. Empty: compared with every query.</param>
/// <param name="Vector">Its vector, as it is compared.</param>
/// <param name="Rows">The rows of the images in it, ascending.</param>
internal sealed record GalleryItem(
    long Label, IReadOnlyList<long> Facets, float[] Vector, IReadOnlyList<int> Rows)
{
    /// <summary>Whether a query is not compared with this item.</summary>
    /// <param name="label">The query's identity.</param>
    /// <param name="facet">The query's facet.</param>
    /// <returns>Whether to leave it out.</returns>
    public bool Excludes(long label, long facet) => label == Label && Facets.Contains(facet);
}
