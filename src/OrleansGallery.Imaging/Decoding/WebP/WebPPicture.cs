namespace OrleansGallery.Imaging;

/// <summary>What a chunk of pixels says about itself: a lossy key frame (RFC 6386) or a lossless picture.</summary>
internal readonly record struct WebPPicture(int Width, int Height, bool HasAlpha, bool IsLossless)
{
    /// <summary>Reads the chunk at which the walk stands; false where it holds no pixels.</summary>
    /// <exception cref="ImageException">It does, but not as it should.</exception>
    public static bool TryRead(WebPChunks chunks, out WebPPicture picture)
    {
        FileBytes bytes = new(chunks.Content, ImageFormat.WebP);
        picture = default;
        if (chunks.Is("VP8L"u8))
        {
            uint size = bytes.U32Little(1);
            picture = new WebPPicture(
                (int)(size & 0x3FFF) + 1, (int)(size >> 14 & 0x3FFF) + 1, (size >> 28 & 1) != 0, IsLossless: true);
            return bytes.U8(0) == 0x2F
                ? true
                : throw ImageException.Corrupt(ImageFormat.WebP, "its lossless data have no signature");
        }

        if (!chunks.Is("VP8 "u8))
        {
            return false;
        }

        int tag = bytes.U24Little(0);
        bool isKeyFrame = (tag & 1) == 0
            && bytes.At(3, 3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]);
        if (!isKeyFrame)
        {
            throw ImageException.Corrupt(ImageFormat.WebP, "its lossy data are no key frame");
        }

        const int frameHeader = 10;
        long firstPartition = frameHeader + (tag >> 5);
        if (firstPartition > bytes.Length)
        {
            throw ImageException.Truncated(ImageFormat.WebP, "its first partition", firstPartition, bytes.Length);
        }

        (int width, int height) = (bytes.U16Little(6) & 0x3FFF, bytes.U16Little(8) & 0x3FFF);
        CheckModes(tag >> 5, width, height);
        picture = new WebPPicture(width, height, HasAlpha: false, IsLossless: false);
        return true;
    }

    /// <summary>
    /// A few hundred bytes must not cost seconds. A key frame's modes have fixed probabilities (RFC 6386, section
    /// 11.2): the first choice of luma costs at least 0.82 bits and that of chroma 0.85, for every 16 x 16 pixels.
    /// </summary>
    private static void CheckModes(int firstPartition, int width, int height)
    {
        const double leastBits = 1.6;
        const int flushed = 16; // Bytes: coders differ in how they end.
        long blocks = (width + 15L) / 16 * ((height + 15L) / 16);
        long needed = (long)(blocks * leastBits / 8) - flushed;
        if (firstPartition < needed)
        {
            throw ImageException.Truncated(
                ImageFormat.WebP, $"{width} x {height} pixels take {needed} bytes or more, {firstPartition} are there");
        }
    }
}
