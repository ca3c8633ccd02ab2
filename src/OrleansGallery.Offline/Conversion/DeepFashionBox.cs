namespace OrleansGallery.Offline;

/// <summary>Where an image's garment is, and who took the image.</summary>
/// <param name="IsShop">A shop, not a customer.</param>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column behind the last one.</param>
/// <param name="Bottom">The row behind the last one.</param>
internal sealed record DeepFashionBox(bool IsShop, int Left, int Top, int Right, int Bottom)
{
    /// <summary>The box, or what the published script takes for it.</summary>
    public PixelBox BoxOf(bool referenceCompatible) => referenceCompatible
        ? new PixelBox(Left, Top, Right, Bottom)
        : new PixelBox(Left, Top, Right - Left, Bottom - Top);
}
