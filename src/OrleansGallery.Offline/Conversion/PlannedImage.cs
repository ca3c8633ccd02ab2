namespace OrleansGallery.Offline;

/// <summary>One image of a data set as it will be.</summary>
internal sealed record PlannedImage
{
    /// <summary>What it is for.</summary>
    public required ConvertedPart Part { get; init; }

    /// <summary>Whose image it is.</summary>
    public required long Pair { get; init; }

    /// <summary>Whether a shop took it, not a customer.</summary>
    public required bool IsShop { get; init; }

    /// <summary>The file it is made of; null: there is none, and <see cref="WhyNone"/> says why.</summary>
    public required string? Source { get; init; }

    /// <summary>Why it cannot be made, as the end of a sentence.</summary>
    public string WhyNone { get; init; } = string.Empty;

    /// <summary>What to call it where it cannot be made.</summary>
    public required string Label { get; init; }

    /// <summary>What is cut out of it; null: all of it.</summary>
    public PixelBox? Box { get; init; }

    /// <summary>A smaller edition of the file, in whose pixels the box is; null: the file itself.</summary>
    public string? BoxOf { get; init; }

    /// <summary>Its path below the part's folder, with slashes.</summary>
    public required string Name { get; init; }
}
