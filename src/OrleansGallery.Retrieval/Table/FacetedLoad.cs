namespace OrleansGallery.Retrieval;

/// <summary>Rows on their way into a partition's tables. One thread at a time.</summary>
public sealed class FacetedLoad
{
    private readonly FacetedTable _table;
    private readonly TableLoad _whole;
    private Dictionary<string, (CentroidTable Table, TableLoad Load)>? _without = new(StringComparer.Ordinal);

    internal FacetedLoad(FacetedTable table) => (_table, _whole) = (table, table.Whole.BeginLoad());

    /// <summary>Puts an identity in, in the place of its older state, or takes it out.</summary>
    /// <param name="row">Its row; its arrays are copied.</param>
    /// <exception cref="ArgumentException">The row is none.</exception>
    public void Put(in RowChange row)
    {
        _whole.Put(row);
        foreach (FacetRow facet in row.Facets ?? [])
        {
            if (facet.Centroid is not null && _without?.ContainsKey(facet.Facet) == false)
            {
                Add(facet.Facet);
            }
        }

        foreach ((string facet, (_, TableLoad load)) in _without ?? [])
        {
            load.Put(FacetedTable.Without(row, facet));
        }
    }

    /// <summary>Makes the rows the table's, visible at once; nothing may be put in any more.</summary>
    /// <param name="sequence">The sequence number they are of; not an earlier one than the table's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has moved past the sequence number.</exception>
    public void Publish(long sequence) => _table.Replace(
        _without?.ToDictionary(one => one.Key, one => one.Value.Table, StringComparer.Ordinal),
        () =>
        {
            _whole.Publish(sequence);
            foreach ((_, TableLoad load) in _without?.Values ?? Enumerable.Empty<(CentroidTable, TableLoad)>())
            {
                load.Publish(sequence);
            }
        });

    private void Add(string facet)
    {
        if (_without!.Count == FacetedTable.MaxFacets)
        {
            _without = null;
            return;
        }

        CentroidTable table = _table.CreateWithout();
        _without[facet] = (table, table.BeginLoad());
    }
}
