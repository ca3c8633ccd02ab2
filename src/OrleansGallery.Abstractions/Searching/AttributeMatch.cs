namespace OrleansGallery.Abstractions;

/// <summary>What a search asks of one attribute of its matches.</summary>
[GenerateSerializer, Immutable, Alias("gallery.AttributeMatch")]
public sealed record AttributeMatch
{
    /// <summary>The key.</summary>
    [Id(0)]
    public required string Key { get; init; }

    /// <summary>The texts.</summary>
    [Id(1)]
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Whether a match must have none of the texts; false: it must have one of them.</summary>
    [Id(2)]
    public bool IsNot { get; init; }
}
