namespace OrleansGallery.Abstractions;

/// <summary>An identity's attributes after they were set.</summary>
[GenerateSerializer, Immutable, Alias("gallery.AttributesReceipt")]
public sealed record AttributesReceipt
{
    /// <summary>The partition's sequence at which the identity last changed.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>All its attributes.</summary>
    [Id(1)]
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
