namespace OrleansGallery.Abstractions;

/// <summary>What became of a sighting.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SightingReceipt")]
public sealed record SightingReceipt
{
    /// <summary>What is remembered of it.</summary>
    [Id(0)]
    public required ObservationRecord Record { get; init; }

    /// <summary>Whether the identity had all its images already, so that nothing changed.</summary>
    [Id(1)]
    public required bool IsDuplicate { get; init; }

    /// <summary>The partition's sequence at which the identity last changed.</summary>
    [Id(2)]
    public required long Version { get; init; }

    /// <summary>The identity's images.</summary>
    [Id(3)]
    public required long Count { get; init; }

    /// <summary>The identity's <see cref="ReservedAttributes.State"/>; null: none.</summary>
    [Id(4)]
    public string? State { get; init; }
}
