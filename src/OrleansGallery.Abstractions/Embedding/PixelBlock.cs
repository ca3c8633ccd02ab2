namespace OrleansGallery.Abstractions;

/// <summary>A decoded image of the model's input size on its way to an embedding silo.</summary>
[GenerateSerializer, Immutable, Alias("gallery.PixelBlock")]
public sealed record PixelBlock
{
    /// <summary>Width in pixels.</summary>
    [Id(0)]
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    [Id(1)]
    public required int Height { get; init; }

    /// <summary>Interleaved RGB, row-major, Height x Width x 3 bytes; not to be changed.</summary>
    [Id(2)]
    public required byte[] Rgb { get; init; }
}
