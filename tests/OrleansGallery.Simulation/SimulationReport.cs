using System.Text.Json.Serialization;

namespace OrleansGallery.Simulation;

/// <summary>What came of a simulation.</summary>
internal sealed record SimulationReport
{
    /// <summary>How many operations were done.</summary>
    public required long Operations { get; init; }

    /// <summary>How many of each kind.</summary>
    public required IReadOnlyDictionary<string, long> Kinds { get; init; }

    /// <summary>How many faults of each kind.</summary>
    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    /// <summary>How many galleries the cluster answered other than their plain lists.</summary>
    public int Mismatches => Failures.Count;

    /// <summary>The sum of the galleries' root hashes as the cluster says them, hex.</summary>
    public required string RootHash { get; init; }

    /// <summary>The same of the plain lists.</summary>
    public required string ExpectedRootHash { get; init; }

    /// <summary>What was answered otherwise, and a shortest sequence of steps that shows it.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Failures { get; init; } = [];
}
