using NetVips;

namespace OrleansGallery.Imaging;

public static partial class Thumbnails
{
    private static partial byte[] Encode(PixelImage image)
    {
        using Image pixels = Image.NewFromMemory(
            image.Pixels.ToArray(), image.Width, image.Height, PixelImage.Channels, Enums.BandFormat.Uchar);
        using Image colours = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return colours.JpegsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }
}
