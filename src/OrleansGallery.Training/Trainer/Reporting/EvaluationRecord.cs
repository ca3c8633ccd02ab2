namespace OrleansGallery.Training;

/// <summary>How well the network searched identities it was not trained on.</summary>
public sealed record EvaluationRecord
{
    /// <summary>Epochs done.</summary>
    public required int Epochs { get; init; }

    /// <summary>Queries that had something to find.</summary>
    public required int Queries { get; init; }

    /// <summary>Identities in the gallery that have a query.</summary>
    public required int Identities { get; init; }

    /// <summary>mAP against single images.</summary>
    public required double InstanceMap { get; init; }

    /// <summary>Rank-1 against single images.</summary>
    public required double InstanceRank1 { get; init; }

    /// <summary>mAP against centroids.</summary>
    public required double CentroidMap { get; init; }

    /// <summary>Rank-1 against centroids.</summary>
    public required double CentroidRank1 { get; init; }

    /// <summary>Images that could not be read.</summary>
    public int Unreadable { get; init; }
}
