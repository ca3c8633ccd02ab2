using OrleansGallery.Contracts;

namespace OrleansGallery.Abstractions;

/// <summary>What a gallery is; fixed at its creation, but for its calibration and the threshold with it.</summary>
[GenerateSerializer, Immutable, Alias("gallery.Gallery")]
public sealed record Gallery
{
    /// <summary>Never reused, not even after a deletion; 0 before the gallery was created.</summary>
    [Id(0)]
    public long Number { get; init; }

    /// <summary>The name, by the rules of <see cref="IdRules"/>.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Components of an embedding.</summary>
    [Id(2)]
    public required int Dimension { get; init; }

    /// <summary>How many partitions hold its identities.</summary>
    [Id(3)]
    public required int Partitions { get; init; }

    /// <summary>What its creator chose.</summary>
    [Id(4)]
    public GallerySettings Settings { get; init; } = new();

    /// <summary>When the gallery was created.</summary>
    [Id(5)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it came by its threshold, without the curve; null: it was not calibrated.</summary>
    [Id(6)]
    public CalibrationResponse? Calibration { get; init; }
}
