namespace OrleansGallery.Abstractions;

/// <summary>What is to become of an identity's attributes.</summary>
[GenerateSerializer, Immutable, Alias("gallery.AttributesRequest")]
public sealed record AttributesRequest
{
    /// <summary>Keys with their new texts; null takes the key away.</summary>
    [Id(0)]
    public required IReadOnlyDictionary<string, string?> Changes { get; init; }

    /// <summary>Whether keys that are not named go, too; false: they stay as they are.</summary>
    [Id(1)]
    public bool ReplacesAll { get; init; }
}
