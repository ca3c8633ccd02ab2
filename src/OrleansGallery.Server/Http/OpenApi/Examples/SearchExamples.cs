using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What searches and their answers look like.</summary>
internal static class SearchExamples
{
    public static SearchRequest Search { get; } = new()
    {
        Positives = [new QueryExample { Vector = [0.1f, 0.2f, -0.3f, 0.4f] }, new QueryExample { IdentityId = "p42" }],
        Negatives = [new QueryExample { IdentityId = "p7", ImageId = "b.jpg" }],
        NegativeWeight = 0.5,
        Top = 10,
        Filter = new SearchFilter
        {
            Attributes = new Dictionary<string, IReadOnlyList<string>> { ["colour"] = ["red", "blue"] },
        },
    };

    public static SearchResponse Answer { get; } = new()
    {
        Decision = Decision.Known,
        DecidedBy = new DecisionBasis { Threshold = 0.62, Source = ThresholdSource.Calibration, Fpir = 0.01 },
        Matches = [new SearchMatch { Rank = 1, Identity = "p42", Score = 0.81, Count = 4 }],
        Partial = false,
        Confirmed = true,
        Partitions = new PartitionsAsked { Asked = 4, Answered = 4, Missing = [] },
        Evidence = new SearchEvidence
        {
            RowsScanned = 659,
            RowsRescored = 1,
            KthScore = 0.81,
            Projected = new ScanStage { Bounded = 0, Passed = 0 },
            Quantized = new ScanStage { Bounded = 0, Passed = 0 },
            Flat = new ScanStage { Bounded = 659, Passed = 1 },
            LargestDropped = 0.8,
            ScanMs = 0.1,
        },
        Query = new SearchedQuery { Positives = 2, Negatives = 1, NegativeWeight = 0.5 },
    };

    public static SearchBatchRequest Batch { get; } = new()
    {
        Queries = [new SearchRequest { Vector = [0.1f, 0.2f, -0.3f, 0.4f], Top = 1 }, Search],
    };

    public static SearchBatchResponse BatchAnswer { get; } = new()
    {
        Results =
        [
            new SearchBatchResult { Answer = Answer with { Query = null } },
            new SearchBatchResult
            {
                Error = new ErrorBody
                {
                    Code = ErrorCodes.IdentityNotFound, Message = "There is no identity 'p7'.", Retryable = false,
                },
            },
        ],
    };
}
