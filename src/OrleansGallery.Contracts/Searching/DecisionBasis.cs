using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>What a decision went by.</summary>
public sealed record DecisionBasis
{
    /// <summary>The score below which the best match counts as unknown; null: none.</summary>
    public double? Threshold { get; init; }

    /// <summary>Where the threshold comes from.</summary>
    public required ThresholdSource Source { get; init; }

    /// <summary>The false-positive identification rate that a calibrated threshold was measured for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Fpir { get; init; }

    /// <summary>The lead over the second best below which the decision is ambiguous.</summary>
    public double Margin { get; init; }
}
