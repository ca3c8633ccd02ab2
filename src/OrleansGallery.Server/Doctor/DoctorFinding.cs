namespace OrleansGallery.Server;

/// <summary>One thing that was looked at.</summary>
public sealed record DoctorFinding
{
    /// <summary>Which check found it, in a word.</summary>
    public required string Check { get; init; }

    /// <summary>What it came to.</summary>
    public required DoctorOutcome Outcome { get; init; }

    /// <summary>The fact and the values.</summary>
    public required string Text { get; init; }

    /// <summary>What to do; null: nothing.</summary>
    public string? Advice { get; init; }
}
