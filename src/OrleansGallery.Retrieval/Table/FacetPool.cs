namespace OrleansGallery.Retrieval;

/// <summary>Makes one object of equal sets of facets: a gallery has few of them, and millions of rows.</summary>
internal sealed class FacetPool
{
    // Above it facets are no conditions but names of single images, and nothing is shared any more.
    private const int MaxSets = 4096;

    private readonly Dictionary<string, string[]> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The facets' names.</summary>
    /// <param name="facets">The facets; null: not known.</param>
    /// <returns>Their names, in the order given; not to be changed.</returns>
    public string[]? Of(IReadOnlyList<FacetRow>? facets)
    {
        if (facets is not { Count: > 0 })
        {
            return null;
        }

        // A facet has no control characters.
        string key = facets.Count == 1 ? facets[0].Facet : string.Join('\n', facets.Select(facet => facet.Facet));
        if (_sets.TryGetValue(key, out string[]? known))
        {
            return known;
        }

        if (_sets.Count >= MaxSets)
        {
            _sets.Clear();
            _names.Clear();
        }

        return _sets[key] = [.. facets.Select(facet => NameOf(facet.Facet))];
    }

    private string NameOf(string facet) =>
        _names.TryGetValue(facet, out string? known) ? known : _names[facet] = facet;
}
