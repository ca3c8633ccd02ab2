using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>Turns images of one size into embeddings: a model, or something to compare it with.</summary>
public sealed record PixelEmbedder
{
    /// <summary>Rows of an image.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of an image.</summary>
    public required int Width { get; init; }

    /// <summary>What images are resized with. Default: bilinear.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>How images of another shape become the input. Default: stretched.</summary>
    public Fit Fit { get; init; }

    /// <summary>Numbers per embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>Embeds images of that size, in their order; not normalised.</summary>
    public required Func<IReadOnlyList<PixelImage>, IReadOnlyList<float[]>> Embed { get; init; }
}
