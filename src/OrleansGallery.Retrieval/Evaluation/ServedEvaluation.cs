namespace OrleansGallery.Retrieval;

/// <summary>
/// Evaluates what a running service answers, by centroids, as <see cref="RetrievalEvaluation"/> evaluates what lies in
/// memory: with the same items, and the same figures. A query is compared with the centroids that the protocol makes, a
/// search for each facet left out; what answers do not show any more counts as not found.
/// </summary>
public sealed class ServedEvaluation
{
    private readonly IReadOnlyList<ServedQuery> _queries;
    private readonly SortedSet<string> _queried = new(StringComparer.Ordinal);
    private readonly List<ServedItem> _items = [];
    private readonly bool _isReid;

    /// <summary>Says what is compared.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="facets">The facets of the identities that they are of, as far as the gallery has them.</param>
    /// <param name="protocol">Which protocol.</param>
    public ServedEvaluation(
        IReadOnlyList<ServedQuery> queries, IReadOnlyDictionary<string, IReadOnlyCollection<string>> facets,
        EvaluationProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(facets);
        _queries = queries;
        _isReid = protocol == EvaluationProtocol.Reid;
        foreach ((string identity, IReadOnlyCollection<string> all) in
            facets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _queried.Add(identity);
            _items.AddRange(_isReid ? PerFacet(identity, all) : [new ServedItem(identity, null, [])]);
        }

        // Identities that nobody asks for are compared as they are, where the protocol or its other reading keeps them.
        LeftOut =
        [
            null,
            .. _items.Select(item => item.LeftOut).OfType<string>().Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The facets that a search is needed for with each of them left out; null: with none.</summary>
    public IReadOnlyList<string?> LeftOut { get; }

    /// <summary>The centroids that a query is compared with where identities without a query are left out.</summary>
    public int Items => _items.Count;

    /// <summary>The identities that the gallery has and queries are of.</summary>
    public int Queried => _queried.Count;

    /// <summary>Reads what a query found.</summary>
    /// <param name="query">Its place.</param>
    /// <param name="answers">Per facet of <see cref="LeftOut"/> what was found without it.</param>
    /// <param name="top">How many matches were asked for.</param>
    /// <param name="keepUnqueried">Whether identities without a query are in it.</param>
    /// <returns>How it did, and how many correct items lie behind what was answered; no result: it has no correct item
    /// to find.</returns>
    public (QueryResult? Result, int Beyond) Read(
        int query, IReadOnlyList<IReadOnlyList<Match>> answers, int top, bool keepUnqueried)
    {
        ArgumentNullException.ThrowIfNull(answers);
        (string identity, string facet) = _queries[query];
        Dictionary<string, double>[] scores = [.. answers.Select(answer =>
            answer.ToDictionary(match => match.IdentityId, match => match.Score, StringComparer.Ordinal))];

        // Above this score every answer is known to its end; below it one may lack what another shows.
        double known = answers.Max(answer => MatchOrder.KthScore(answer, top) ?? double.NegativeInfinity);
        List<(ServedItem Item, double Score)> found = [];
        int beyond = 0;
        foreach (ServedItem item in _items.Where(item => item.Identity != identity || !item.Facets.Contains(facet)))
        {
            double score = scores[PlaceOf(item.LeftOut)].GetValueOrDefault(item.Identity, double.NegativeInfinity);
            if (score > known || (score == known && double.IsFinite(known)))
            {
                found.Add((item, score));
            }
            else if (item.Identity == identity && double.IsFinite(known))
            {
                beyond++;
            }
        }

        if (keepUnqueried)
        {
            found.AddRange(answers[0].Where(match => match.Score >= known && !_queried.Contains(match.IdentityId))
                .Select(match => (new ServedItem(match.IdentityId, null, []), match.Score)));
        }

        QueryTally tally = new();
        foreach ((ServedItem item, double score) in found.OrderByDescending(one => one.Score)
            .ThenBy(one => one.Item.Identity, StringComparer.Ordinal))
        {
            // The squared distance of unit vectors.
            tally.Add(item.Identity == identity, 2 - (2 * score));
        }

        return (tally.ToResult(query, beyond), beyond);
    }

    // One centroid per facet of the identity's queries, without that facet's images; equal ones once.
    private IEnumerable<ServedItem> PerFacet(string identity, IReadOnlyCollection<string> all)
    {
        HashSet<string> made = new(StringComparer.Ordinal);
        foreach (string facet in _queries.Where(query => query.Identity == identity).Select(query => query.Facet)
            .Distinct().Order(StringComparer.Ordinal))
        {
            bool isIn = facet.Length > 0 && all.Contains(facet);
            string[] used = [.. all.Where(other => !isIn || other != facet).Order(StringComparer.Ordinal)];
            if (used.Length > 0 && made.Add(string.Join('\n', used)))
            {
                // Images without a facet are of none that a query could have.
                yield return new ServedItem(
                    identity, isIn ? facet : null, [.. used.Where(other => other.Length > 0)]);
            }
        }
    }

    private int PlaceOf(string? leftOut)
    {
        for (int place = 0; place < LeftOut.Count; place++)
        {
            if (LeftOut[place] == leftOut)
            {
                return place;
            }
        }

        throw new ArgumentException($"No search leaves '{leftOut}' out.", nameof(leftOut));
    }

    /// <summary>A centroid that queries are compared with.</summary>
    /// <param name="Identity">Whose.</param>
    /// <param name="LeftOut">The facet whose images are not in it; null: all are.</param>
    /// <param name="Facets">Those that are: queries of the identity and one of them are not compared with it.</param>
    private sealed record ServedItem(string Identity, string? LeftOut, IReadOnlyList<string> Facets);
}
