namespace OrleansGallery.Retrieval;

/// <summary>
/// Exact search with a facet left out: an identity that has it stands there with what its other images make, and is no
/// match where there are none. One job with one k-th score over the whole rows and the rows that stand for some of
/// them.
/// </summary>
public static class FacetScanner
{
    /// <summary>Searches tables as they are now.</summary>
    /// <param name="queries">What to look for, all with the same <see cref="ScanQuery.ExcludedFacet"/>.</param>
    /// <param name="tables">The tables, of one gallery.</param>
    /// <param name="threads">As of <see cref="TableScanner"/>.</param>
    /// <param name="deadline">As there.</param>
    /// <returns>An answer per query; null: a table has too many facets to leave one out.</returns>
    /// <exception cref="ArgumentException">The queries leave out different facets, or none.</exception>
    /// <exception cref="EmbeddingException">A query's dimension is not the tables'.</exception>
    public static ScanAnswer[]? TryScanAll(
        IReadOnlyList<ScanQuery> queries, IReadOnlyList<FacetedTable> tables, int threads, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(tables);
        if (queries.Count == 0 || queries[0].ExcludedFacet is not { } facet
            || queries.Any(query => query.ExcludedFacet != facet))
        {
            throw new ArgumentException("Queries of one scan leave out one facet.", nameof(queries));
        }

        List<FacetSnapshot> held = [];
        try
        {
            foreach (FacetedTable table in tables)
            {
                if (table.SnapshotWithout(facet) is not { } snapshot)
                {
                    return null;
                }

                held.Add(snapshot);
            }

            FacetSnapshot[] split = [.. held.Where(snapshot => snapshot.Without is not null)];
            ScanAnswer[] answers = TableScanner.ScanAll(
                queries,
                [.. held.Select(snapshot => snapshot.Whole), .. split.Select(snapshot => snapshot.Without!)],
                threads,
                deadline);
            return Array.ConvertAll(answers, answer => answer with { Tables = Join(answer.Tables, held) });
        }
        finally
        {
            held.ForEach(snapshot => snapshot.Dispose());
        }
    }

    // What was scanned of both of a partition's tables is one table's evidence.
    private static TableEvidence[] Join(IReadOnlyList<TableEvidence> tables, List<FacetSnapshot> held)
    {
        int next = held.Count;
        return
        [
            .. held.Select((snapshot, table) =>
            {
                TableEvidence without = snapshot.Without is null ? default : tables[next++];
                TableEvidence whole = tables[table];
                return whole with
                {
                    Rows = whole.Rows + without.Rows, RowsScanned = whole.RowsScanned + without.RowsScanned,
                };
            }),
        ];
    }
}
