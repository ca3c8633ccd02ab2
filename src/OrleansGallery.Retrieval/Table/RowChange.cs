namespace OrleansGallery.Retrieval;

/// <summary>What becomes of one identity's row.</summary>
/// <param name="IdentityId">The identity.</param>
/// <param name="Count">The number of images in its centroid.</param>
/// <param name="Centroid">Its centroid as a unit vector (copied); null where the identity is removed or not
/// searchable, which takes its row out.</param>
public readonly record struct RowChange(string IdentityId, long Count, float[]? Centroid)
{
    /// <summary>The identity's facets, and what is left without each; null: not known, and none is searched without.
    /// </summary>
    public IReadOnlyList<FacetRow>? Facets { get; init; }

    /// <summary>The identity's attributes; null: none.</summary>
    public AttributeSet? Attributes { get; init; }

    // A row that is wrong here is a bug of the grain's, not an error of the gallery's caller.
    /// <summary>Whether a table could apply the change.</summary>
    /// <param name="dimension">The table's.</param>
    /// <exception cref="ArgumentException">It is none: no id, no image, no unit vector of the dimension.</exception>
    public void Check(int dimension)
    {
        ArgumentException.ThrowIfNullOrEmpty(IdentityId);
        foreach (FacetRow facet in Facets ?? [])
        {
            new RowChange(IdentityId, facet.Count, facet.Centroid).Check(dimension);
        }

        if (Centroid is null)
        {
            return;
        }

        if (Centroid.Length != dimension)
        {
            throw new ArgumentException(
                $"The row of '{IdentityId}' has {Centroid.Length} components; the dimension is {dimension}.");
        }

        if (Count is < 1 or > EmbeddingLimits.MaxImages || !UnitVector.IsUnit(Centroid))
        {
            throw new ArgumentException(
                $"The row of '{IdentityId}' ({Count} images) is no unit vector of 1 to {EmbeddingLimits.MaxImages} "
                + "images.");
        }
    }
}
