using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.SystemTests.Bench;

public sealed class AnswerCheckTests
{
    private static readonly Match[] Expected = [new("a", 0.9, 1), new("b", 0.8, 1), new("c", 0.7, 1)];
    private static readonly Dictionary<string, double> Possible = new() { ["x"] = 0.85 };

    [Fact]
    public void FaultOf_WhatWasAcknowledgedWithOrWithoutWhatWasSent_IsNone()
    {
        Assert.Null(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("b", 0.8), ("c", 0.7))));
        Assert.Null(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("x", 0.85), ("b", 0.8))));
    }

    [Fact]
    public void FaultOf_AMissingStrangeMisplacedOrWronglyScoredMatch_IsOne()
    {
        Assert.NotNull(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("b", 0.8))));
        Assert.NotNull(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("c", 0.7), ("d", 0.6))));
        Assert.NotNull(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("y", 0.85), ("b", 0.8))));
        Assert.NotNull(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("b", 0.8), ("x", 0.85))));
        Assert.NotNull(AnswerCheck.FaultOf(Expected, Possible, Answer(("a", 0.9), ("x", 0.84), ("b", 0.8))));
    }

    [Fact]
    public void FaultOf_AnswersOfQueries_AreWhatBruteForceFindsOfRowsAndExtras()
    {
        BenchRows rows = new(seed: 5, count: 300, dimension: 16);
        KnownAnswers known = KnownAnswers.Make(rows, TestContext.Current.CancellationToken);
        IngestItem extra = rows.Extra(7);
        float[] query = known.Query(3);
        Match[] all = [.. Enumerable.Range(0, rows.Count).Select(rows.Item).Append(extra).Select(item =>
            new Match(item.Identity!, CanonicalScore.Score(query, BenchRows.CentroidOf(item)), 1))];
        SearchMatch[] before = Best(all[..^1]);
        SearchMatch[] after = Best(all);

        Assert.Null(known.FaultOf(3, known.Acknowledged, before));
        known.Send(7, extra);
        long sent = known.Acknowledged;
        Assert.Null(known.FaultOf(3, sent, before));
        Assert.Null(known.FaultOf(3, sent, after));
        known.Acknowledge(7);
        Assert.Null(known.FaultOf(3, sent, before));
        Assert.Null(known.FaultOf(3, known.Acknowledged, after));
        Assert.NotNull(known.FaultOf(4, known.Acknowledged, after));
        known.Forget();
        Assert.Null(known.FaultOf(3, known.Acknowledged, before));
    }

    private static SearchMatch[] Best(Match[] matches) => Answer(
        [.. MatchOrder.Merge([matches], KnownAnswers.Top)
            .Select(match => (match.IdentityId, ShownRange.Score(match.Score)))]);

    private static SearchMatch[] Answer(params (string Identity, double Score)[] matches) =>
        [.. matches.Select((match, i) => new SearchMatch
        {
            Rank = i + 1, Identity = match.Identity, Score = match.Score, Count = 1,
        })];
}
