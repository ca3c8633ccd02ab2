namespace OrleansGallery.Contracts;

/// <summary>What became of one search of a batch: an answer or an error.</summary>
public sealed record SearchBatchResult
{
    /// <summary>The answer; null: it failed.</summary>
    public SearchResponse? Answer { get; init; }

    /// <summary>Why it failed; the other searches are none the worse.</summary>
    public ErrorBody? Error { get; init; }
}
