namespace OrleansGallery.Abstractions;

/// <summary>A decided observation on its way to its identity.</summary>
[GenerateSerializer, Immutable, Alias("gallery.Sighting")]
public sealed record Sighting
{
    /// <summary>What was decided; its <see cref="ObservationRecord.Images"/> are written by the identity.</summary>
    [Id(0)]
    public required ObservationRecord Record { get; init; }

    /// <summary>The images, each id once.</summary>
    [Id(1)]
    public required IReadOnlyList<ImageToEnrol> Images { get; init; }

    /// <summary>SHA-256 of the images' contents, 32 bytes.</summary>
    [Id(2)]
    public required byte[] Digest { get; init; }

    /// <summary>From how many images on a provisional identity is one as any other.</summary>
    [Id(3)]
    public required int PromoteImages { get; init; }

    /// <summary>The dispersion that these may have.</summary>
    [Id(4)]
    public required double PromoteDispersion { get; init; }
}
