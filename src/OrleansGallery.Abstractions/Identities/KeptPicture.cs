namespace OrleansGallery.Abstractions;

/// <summary>What is to be kept of an image to be looked at. It travels and is committed with the image.</summary>
[GenerateSerializer, Immutable, Alias("gallery.KeptPicture")]
public sealed record KeptPicture
{
    /// <summary>The largest file that is kept as it came, in bytes: with its image it must fit into a message between
    /// silos, which are to stay below 4 MB.</summary>
    public const int MaxOriginalBytes = 3 * 1024 * 1024;

    /// <summary>A small picture, as a JPEG file.</summary>
    [Id(0)]
    public required byte[] Thumbnail { get; init; }

    /// <summary>The file as it came; null: it is not kept.</summary>
    [Id(1)]
    public byte[]? Original { get; init; }

    /// <summary>Its bytes in all.</summary>
    public long Bytes => Thumbnail.LongLength + (Original?.LongLength ?? 0);
}
