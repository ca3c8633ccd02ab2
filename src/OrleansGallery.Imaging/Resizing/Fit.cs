namespace OrleansGallery.Imaging;

/// <summary>How a picture of another shape becomes a model's input, with the numbers that takes.</summary>
/// <param name="Kind">How. Default: stretched.</param>
/// <param name="ShorterSide">
/// Cropping: what the picture's shorter side is resized to, at least the input's shorter side. 0: 8/7 of that, so 256
/// for 224.
/// </param>
public readonly record struct Fit(FitKind Kind, int ShorterSide = 0)
{
    /// <summary>The same with the shorter side that counts for an input.</summary>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <returns>The fit; one that does not crop has the shorter side 0.</returns>
    public Fit For(int height, int width)
    {
        int least = Math.Min(height, width);
        int otherwise = (int)Math.Round(least * 8 / 7.0);
        return this with { ShorterSide = Kind != FitKind.Crop ? 0 : ShorterSide == 0 ? otherwise : ShorterSide };
    }
}
