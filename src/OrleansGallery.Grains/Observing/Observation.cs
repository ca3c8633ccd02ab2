using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What is to be decided: images that show one identity, of which nobody says which.</summary>
public sealed record Observation
{
    /// <summary>The most images of one.</summary>
    public const int MaxImages = 64;

    /// <summary>Its id, by the rules of <see cref="IdRules"/>: whoever sends it again gets the same outcome.</summary>
    public required string ObservationId { get; init; }

    /// <summary>SHA-256 of its images' contents, 32 bytes.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Has the images embedded; asked for only where nothing is remembered of it.</summary>
    public required Func<Task<IReadOnlyList<ImageToEnrol>>> EmbedAsync { get; init; }
}
