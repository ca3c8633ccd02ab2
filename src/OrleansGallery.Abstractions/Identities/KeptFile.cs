namespace OrleansGallery.Abstractions;

/// <summary>A file that is kept of an image.</summary>
[GenerateSerializer, Immutable, Alias("gallery.KeptFile")]
public sealed record KeptFile
{
    /// <summary>The file.</summary>
    [Id(0)]
    public required byte[] Bytes { get; init; }

    /// <summary>SHA-256 of it as it was written; 32 bytes.</summary>
    [Id(1)]
    public required byte[] Hash { get; init; }
}
