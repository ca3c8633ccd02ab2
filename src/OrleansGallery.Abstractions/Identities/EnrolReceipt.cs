namespace OrleansGallery.Abstractions;

/// <summary>The answer to one image.</summary>
[GenerateSerializer, Immutable, Alias("gallery.EnrolReceipt")]
public sealed record EnrolReceipt
{
    /// <summary>What became of it.</summary>
    [Id(0)]
    public required EnrolOutcome Outcome { get; init; }

    /// <summary>The partition's sequence at which the identity last changed.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>The identity's images.</summary>
    [Id(2)]
    public required long Count { get; init; }
}
