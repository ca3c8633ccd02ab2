namespace OrleansGallery.Training;

/// <summary>Where a run is.</summary>
internal sealed record RunPosition
{
    /// <summary>The epoch, from 0, of the next batch.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of it that are done.</summary>
    public int Batch { get; init; }

    /// <summary>Steps done in all.</summary>
    public long Steps { get; init; }

    /// <summary>The best evaluation's mAP so far; negative for none.</summary>
    public double BestScore { get; init; } = -1;

    /// <summary>Seconds of training before this point.</summary>
    public double Seconds { get; init; }
}
