namespace OrleansGallery.Abstractions;

/// <summary>An imported model's file in the cluster's store.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ModelFile")]
public sealed record ModelFile
{
    /// <summary>SHA-256 of the whole file, lower-case hex.</summary>
    [Id(0)]
    public required string Sha256 { get; init; }

    /// <summary>Its length in bytes.</summary>
    [Id(1)]
    public required long Length { get; init; }

    /// <summary>In how many chunks it is read.</summary>
    [Id(2)]
    public required int Chunks { get; init; }
}
