using System.Collections.Frozen;

namespace OrleansGallery.Offline;

/// <summary>One image of a data set.</summary>
public sealed record DataImage
{
    /// <summary>What an image without attributes has.</summary>
    public static IReadOnlyDictionary<string, string> NoAttributes { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Where its bytes are; <see cref="IImageFiles"/> reads it.</summary>
    public required string Path { get; init; }

    /// <summary>Whose image it is.</summary>
    public required string Identity { get; init; }

    /// <summary>Identities of one family are easily confused, and trained on together; null for none.</summary>
    public string? Family { get; init; }

    /// <summary>The condition it was taken under, for example a camera; empty for none.</summary>
    public string Facet { get; init; } = string.Empty;

    /// <summary>When it was taken, where that is known.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>What it is called where it is enrolled; null: by the hash of its bytes.</summary>
    public string? ImageId { get; init; }

    /// <summary>What is said of it besides.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = NoAttributes;

    /// <summary>How many quarter turns against the clock it is given: a turned character is another identity.</summary>
    public int QuarterTurns { get; init; }
}
