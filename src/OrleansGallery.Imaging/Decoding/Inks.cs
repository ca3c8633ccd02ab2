namespace OrleansGallery.Imaging;

/// <summary>Cyan, magenta, yellow and black as Pillow turns them into RGB.</summary>
internal static class Inks
{
    public static void ToRgb(byte cyan, byte magenta, byte yellow, byte black, Span<byte> rgb)
    {
        int keep = byte.MaxValue - black;
        (rgb[0], rgb[1], rgb[2]) = (Inked(cyan, keep), Inked(magenta, keep), Inked(yellow, keep));
    }

    /// <summary>(255 - C)(255 - K) / 255, rounded as 255 - K, less the product of C with it.</summary>
    private static byte Inked(int ink, int keep)
    {
        int product = ink * keep + 128;
        return (byte)Math.Max(0, keep - ((product >> 8) + product >> 8));
    }
}
