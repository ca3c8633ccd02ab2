using NetVips;

namespace OrleansGallery.Imaging;

public static partial class JpegFile
{
    private static partial byte[] Write(PixelImage image, int quality)
    {
        using Image pixels = Image.NewFromMemory(
            image.Pixels.ToArray(), image.Width, image.Height, PixelImage.Channels, Enums.BandFormat.Uchar);
        using Image colours = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return colours.JpegsaveBuffer(
            q: quality, keep: Enums.ForeignKeep.None, subsampleMode: Enums.ForeignSubsample.On);
    }
}
