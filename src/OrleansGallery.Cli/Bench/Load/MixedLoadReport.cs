namespace OrleansGallery.Cli;

/// <summary>What <c>gallery bench load --json</c> prints.</summary>
internal sealed record MixedLoadReport
{
    // Of the second half's median against the first's; below it is what a collector leaves lying.
    private const double Flat = 1.1;

    public required MixedLoadOptions Options { get; init; }

    /// <summary>One a minute, and a last one for what is left of the time.</summary>
    public required IReadOnlyList<LoadInterval> Intervals { get; init; }

    /// <summary>Errors that were not provoked, by kind of request and code.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Requests that were wrong on purpose and refused with the code they should be.</summary>
    public required long Refused { get; init; }

    /// <summary>Whether in the end every sum and hash was what the stored images give.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>The median working set of the last third of the time against that of the middle one: the first third
    /// fills the galleries and compiles the code.</summary>
    public required double Growth { get; init; }

    /// <summary>No error, nothing wrong, and memory that stays.</summary>
    public bool IsGood => Errors.Count == 0 && IsVerified && Refused > 0 && Growth <= Flat;
}
