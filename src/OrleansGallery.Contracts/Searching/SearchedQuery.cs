namespace OrleansGallery.Contracts;

/// <summary>What a query of several examples was made of: the mean of the positive ones, less
/// <see cref="NegativeWeight"/> times the mean of the negative ones, each example at length 1.</summary>
public sealed record SearchedQuery
{
    /// <summary>How many positive examples.</summary>
    public required int Positives { get; init; }

    /// <summary>How many negative examples.</summary>
    public required int Negatives { get; init; }

    /// <summary>How much the mean of the negative ones counted.</summary>
    public required double NegativeWeight { get; init; }
}
