using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>Matches as callers see them.</summary>
internal static class Ranking
{
    /// <param name="matches">The matches, best first.</param>
    /// <param name="top">How many at most.</param>
    public static SearchMatch[] Of(IEnumerable<Match> matches, int top) =>
    [
        .. matches.Take(top).Select((match, i) => new SearchMatch
        {
            Rank = i + 1, Identity = match.IdentityId, Score = match.Score, Count = match.Count,
        }),
    ];
}
