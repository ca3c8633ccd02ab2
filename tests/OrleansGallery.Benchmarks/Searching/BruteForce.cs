using System.Collections.Concurrent;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// The right answers: the canonical score (float64) of every row with every query, ties by identity id. It knows
/// nothing of the scanner.
/// </summary>
internal static class BruteForce
{
    // Rows scored with one query before the next query comes: they stay in the second-level cache.
    private const int BlockRows = 64;

    /// <summary>Scores everything, on all cores.</summary>
    /// <param name="tables">The rows.</param>
    /// <param name="queries">The queries.</param>
    /// <returns>Each query's best matches in order.</returns>
    public static Match[][] Search(IReadOnlyList<CentroidTable> tables, ScanQuery[] queries)
    {
        TableSnapshot[] snapshots = [.. tables.Select(table => table.Snapshot())];
        try
        {
            return Search(snapshots, queries);
        }
        finally
        {
            Array.ForEach(snapshots, snapshot => snapshot.Dispose());
        }
    }

    /// <summary>The same over snapshots, which stay the caller's.</summary>
    /// <param name="snapshots">The rows.</param>
    /// <param name="queries">The queries.</param>
    /// <returns>Each query's best matches in order.</returns>
    public static Match[][] Search(IReadOnlyList<TableSnapshot> snapshots, ScanQuery[] queries)
    {
        ConcurrentBag<BestMatches[]> parts = [];
        IEnumerable<SnapshotRow[]> blocks = snapshots.SelectMany(snapshot => snapshot.Rows).Chunk(BlockRows);
        Parallel.ForEach(
            Partitioner.Create(blocks, EnumerablePartitionerOptions.NoBuffering),
            () => Array.ConvertAll(queries, query => new BestMatches(query.Top)),
            (block, _, best) => Score(block, queries, best),
            parts.Add);
        return [.. queries.Select((query, i) =>
            MatchOrder.Merge(parts.Select(part => part[i].Matches), query.Top).ToArray())];
    }

    /// <summary>Whether an answer is the right one, scores compared bit for bit.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="truth">The right one.</param>
    public static bool Equal(ScanAnswer answer, Match[] truth) =>
        answer.Complete && answer.Matches.Count == truth.Length
        && answer.Matches.Zip(truth).All(pair => pair.First.IdentityId == pair.Second.IdentityId
            && BitConverter.DoubleToInt64Bits(pair.First.Score) == BitConverter.DoubleToInt64Bits(pair.Second.Score));

    private static BestMatches[] Score(SnapshotRow[] block, ScanQuery[] queries, BestMatches[] best)
    {
        for (int query = 0; query < queries.Length; query++)
        {
            foreach (SnapshotRow row in block)
            {
                double score = CanonicalScore.Score(queries[query].Unit, row.Centroid.Span);
                if (score >= best[query].Worst)
                {
                    best[query].Add(new(row.IdentityId, score, row.Count));
                }
            }
        }

        return best;
    }

    /// <summary>A short sorted list.</summary>
    private sealed class BestMatches(int top)
    {
        private readonly List<Match> _matches = new(top + 1);

        public IReadOnlyList<Match> Matches => _matches;

        public double Worst => _matches.Count < top ? double.NegativeInfinity : _matches[^1].Score;

        public void Add(Match match)
        {
            int found = _matches.BinarySearch(match, MatchOrder.Instance);
            _matches.Insert(found < 0 ? ~found : found, match);
            if (_matches.Count > top)
            {
                _matches.RemoveAt(top);
            }
        }
    }
}
