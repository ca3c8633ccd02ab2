namespace OrleansGallery.Retrieval;

/// <summary>A partition's rows of one sequence number, for a search that leaves a facet out.</summary>
/// <param name="Whole">The identities as they are; those that have the facet are no matches.</param>
/// <param name="Without">In their place, those of them that have other images; null: there are none.</param>
public sealed record FacetSnapshot(TableSnapshot Whole, TableSnapshot? Without) : IDisposable
{
    /// <summary>Lets go of the rows.</summary>
    public void Dispose()
    {
        Whole.Dispose();
        Without?.Dispose();
    }
}
