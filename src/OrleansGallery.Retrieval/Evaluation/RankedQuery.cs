namespace OrleansGallery.Retrieval;

/// <summary>A query with the first items of its answer.</summary>
/// <param name="Query">The query's row.</param>
/// <param name="Items">The items, best first.</param>
public sealed record RankedQuery(int Query, IReadOnlyList<RankedItem> Items);
