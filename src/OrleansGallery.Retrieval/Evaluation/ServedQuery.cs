namespace OrleansGallery.Retrieval;

/// <summary>A query that a service answers: whose it is, and under what it was taken.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="Facet">Its facet; empty: none, and nothing is left out for it.</param>
public readonly record struct ServedQuery(string Identity, string Facet);
