namespace OrleansGallery.Cli;

/// <summary>One model in <c>gallery torch</c>.</summary>
internal sealed record TorchReportModel
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>Where it would run.</summary>
    public required string Device { get; init; }

    /// <summary>What it would compute with; null: it cannot be loaded.</summary>
    public string? Precision { get; init; }

    /// <summary>Why it cannot be loaded.</summary>
    public string? Refused { get; init; }
}
