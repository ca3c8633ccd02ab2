namespace OrleansGallery.Cli;

/// <summary>What clients noticed while silos came or went.</summary>
internal sealed record ClusterChange
{
    /// <summary>What happened.</summary>
    public required string What { get; init; }

    /// <summary>Whether it happened in order: nobody may have noticed then.</summary>
    public required bool InOrder { get; init; }

    /// <summary>From its beginning until every silo held its share and nothing moved.</summary>
    public required double BalancedSeconds { get; init; }

    /// <summary>From its beginning until all answers were complete; null: they never were anything else.</summary>
    public double? CompleteSeconds { get; init; }

    public required long MovedRows { get; init; }

    /// <summary>Rows that moved, by the bytes that loading a row reads.</summary>
    public required long MovedBytes { get; init; }

    /// <summary>The longest time that a client was without a complete answer.</summary>
    public required double LongestGapMs { get; init; }

    public required int Searches { get; init; }

    public required int Failed { get; init; }

    public required int Partial { get; init; }

    public required int Unconfirmed { get; init; }

    /// <summary>Complete answers that brute force contradicts.</summary>
    public required int Wrong { get; init; }

    /// <summary>One of the contradictions.</summary>
    public string? Contradiction { get; init; }

    public required long Acknowledged { get; init; }

    public required long Rejected { get; init; }

    /// <summary>Whether everything went as it must.</summary>
    public bool IsGood => Wrong == 0 && (!InOrder || (Failed == 0 && Partial == 0 && Rejected == 0));
}
