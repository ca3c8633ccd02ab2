namespace OrleansGallery.Benchmarks.Suggesting;

/// <summary>How long merge suggestions took.</summary>
internal sealed record SuggestionsFigures
{
    /// <summary>Identities of the gallery.</summary>
    public required int Rows { get; init; }

    /// <summary>Components of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Identities that were searched for the first time.</summary>
    public required long Searched { get; init; }

    /// <summary>How long that took.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>Identities that were searched for after some had changed.</summary>
    public required long Changed { get; init; }

    /// <summary>How long that took.</summary>
    public required double AgainSeconds { get; init; }

    /// <summary>Pairs that were found and kept the first time.</summary>
    public required int Pairs { get; init; }

    /// <summary>The score down to which none of them is missing; null: none is.</summary>
    public double? CutAt { get; init; }

    /// <summary>The median time of somebody's search before.</summary>
    public required double IdleMilliseconds { get; init; }

    /// <summary>The median time of somebody's search meanwhile.</summary>
    public required double BusyMilliseconds { get; init; }
}
