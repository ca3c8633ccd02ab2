using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

/// <summary>The oracle of a scan: every row's canonical score, sorted.</summary>
internal static class BruteForce
{
    public static Match[] Search(ScanQuery query, IEnumerable<RowChange> rows) =>
        [.. rows
            .Where(row => row.Centroid is not null && !query.Excluded.Contains(row.IdentityId))
            .Select(row => new Match(row.IdentityId, CanonicalScore.ScoreScalar(query.Unit, row.Centroid), row.Count))
            .Where(match => !(match.Score < query.MinimumScore))
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.IdentityId, StringComparer.Ordinal)
            .Take(query.Top)];
}
