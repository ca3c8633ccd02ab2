namespace OrleansGallery.Abstractions;

/// <summary>A partition on its way.</summary>
[GenerateSerializer, Immutable, Alias("gallery.MoveSummary")]
public sealed record MoveSummary
{
    /// <summary>The gallery's name.</summary>
    [Id(0)]
    public required string Gallery { get; init; }

    /// <summary>The partition, from 0.</summary>
    [Id(1)]
    public required int Partition { get; init; }

    /// <summary>The silo that has it.</summary>
    [Id(2)]
    public required string From { get; init; }

    /// <summary>The silo that will have it.</summary>
    [Id(3)]
    public required string To { get; init; }
}
