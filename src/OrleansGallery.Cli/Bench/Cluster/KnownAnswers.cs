using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>
/// Queries whose answers are known by brute force: over the gallery's rows beforehand, and over the extras as they are
/// sent and acknowledged, so that every answer can be checked while everything else goes on.
/// </summary>
internal sealed class KnownAnswers
{
    public const int Top = 10;

    /// <summary>How many queries there are.</summary>
    public const int Queries = 32;

    private readonly Lock _gate = new();
    private readonly float[][] _queries;
    private readonly IReadOnlyList<Match>[] _rows;
    private readonly List<Extra>[] _extras = [.. Enumerable.Range(0, Queries).Select(_ => new List<Extra>())];
    private readonly Dictionary<long, Extra[]> _unanswered = [];
    private long _acks;

    private KnownAnswers(float[][] queries, IReadOnlyList<Match>[] rows) => (_queries, _rows) = (queries, rows);

    /// <summary>How much was acknowledged by now: what a search that begins now must know.</summary>
    public long Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acks;
            }
        }
    }

    public float[] Query(int query) => _queries[query];

    /// <summary>Compares every query with every row.</summary>
    public static KnownAnswers Make(BenchRows rows, CancellationToken cancellationToken)
    {
        float[][] queries = [.. Enumerable.Range(0, Queries).Select(rows.Query)];
        BestMatches[] all = [.. queries.Select(_ => new BestMatches(Top))];
        Parallel.For(
            0,
            rows.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => Array.ConvertAll(queries, _ => new BestMatches(Top)),
            (row, _, best) =>
            {
                Add(best, queries, rows.Item(row));
                return best;
            },
            best =>
            {
                lock (all)
                {
                    for (int i = 0; i < all.Length; i++)
                    {
                        foreach (Match match in best[i].All)
                        {
                            all[i].Add(match);
                        }
                    }
                }
            });
        return new KnownAnswers(queries, [.. all.Select(best => best.All)]);
    }

    /// <summary>An extra is on its way: it may be found from now on.</summary>
    public void Send(long number, IngestItem item)
    {
        float[] centroid = BenchRows.CentroidOf(item);
        Extra?[] found = new Extra?[Queries];
        for (int i = 0; i < Queries; i++)
        {
            Match match = new(item.Identity!, CanonicalScore.Score(_queries[i], centroid), 1);
            found[i] = _rows[i].Count < Top || match.Score >= _rows[i][^1].Score ? new Extra(match) : null;
        }

        lock (_gate)
        {
            for (int i = 0; i < Queries; i++)
            {
                if (found[i] is { } extra)
                {
                    _extras[i].Add(extra);
                }
            }

            _unanswered[number] = [.. found.OfType<Extra>()];
        }
    }

    /// <summary>An extra is in: every search that begins from now on must know it.</summary>
    public void Acknowledge(long number)
    {
        lock (_gate)
        {
            _acks++;
            if (_unanswered.Remove(number, out Extra[]? extras))
            {
                Array.ForEach(extras, extra => extra.AcknowledgedAt = _acks);
            }
        }
    }

    /// <summary>All extras were removed.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            Array.ForEach(_extras, extras => extras.Clear());
            _unanswered.Clear();
        }
    }

    /// <param name="query">Which query was searched.</param>
    /// <param name="acknowledged"><see cref="Acknowledged"/> before the search.</param>
    /// <param name="answer">The complete answer.</param>
    /// <returns>What is wrong; null: nothing is.</returns>
    public string? FaultOf(int query, long acknowledged, IReadOnlyList<SearchMatch> answer)
    {
        BestMatches expected = new(Top);
        Dictionary<string, double> possible = new(StringComparer.Ordinal);
        foreach (Match row in _rows[query])
        {
            expected.Add(row);
        }

        lock (_gate)
        {
            foreach (Extra extra in _extras[query])
            {
                if (extra.AcknowledgedAt <= acknowledged)
                {
                    expected.Add(extra.Match);
                }
                else
                {
                    possible[extra.Match.IdentityId] = ShownRange.Score(extra.Match.Score);
                }
            }
        }

        return AnswerCheck.FaultOf(expected.All, possible, answer);
    }

    private static void Add(BestMatches[] best, float[][] queries, IngestItem item)
    {
        float[] centroid = BenchRows.CentroidOf(item);
        for (int i = 0; i < queries.Length; i++)
        {
            double score = CanonicalScore.Score(queries[i], centroid);
            if (score >= best[i].Least)
            {
                best[i].Add(new Match(item.Identity!, score, 1));
            }
        }
    }

    private sealed class Extra(Match match)
    {
        public Match Match { get; } = match;

        public long AcknowledgedAt { get; set; } = long.MaxValue;
    }
}
