namespace OrleansGallery.Imaging;

/// <summary>
/// Counts the groups of prefix codes that a lossless WebP asks for (RFC 9649, section 3). Their number stands in a
/// small picture inside the stream, and ImageSharp 2.1 makes tables for all of them, also where the stream has long
/// ended: 169 bytes for 84 x 14 pixels took 1.4 GB.
/// </summary>
internal static class LosslessGroups
{
    /// <summary>libwebp writes 2,600 at most; each takes about 20,000 bytes.</summary>
    private const int MaxGroups = 4096;

    /// <summary>Five codes of four bits.</summary>
    private const int LeastBits = 20;

    private const int Literals = 256;
    private const int LengthCodes = 24;
    private const int DistanceCodes = 40;
    private const int ColourIndexing = 3;
    private const int GreenSubtraction = 2;

    /// <summary>Checks the stream of a picture, without the five bytes of its header.</summary>
    /// <exception cref="ImageException">There are too many, or more than the stream has room for.</exception>
    public static void Check(ReadOnlySpan<byte> stream, int width, int height)
    {
        LosslessBits bits = new(stream);
        width = SkipTransforms(ref bits, width, height);
        if (bits.Read(1) == 1)
        {
            bits.Read(4); // The cache's size.
        }

        if (bits.Read(1) == 0)
        {
            return; // One group for all.
        }

        int blockBits = bits.Read(3) + 2;
        int groups = 1 + SkipPicture(ref bits, Blocks(width, blockBits), Blocks(height, blockBits));
        if (groups > MaxGroups)
        {
            throw ImageException.Unsupported(
                ImageFormat.WebP, $"{groups} groups of prefix codes, at most {MaxGroups} are read");
        }

        if (groups * LeastBits > bits.Left)
        {
            throw ImageException.Truncated(
                ImageFormat.WebP, $"{groups} groups of prefix codes are not in its {stream.Length} bytes");
        }
    }

    /// <summary>Gives the width that is coded: small palettes pack several pixels into one.</summary>
    private static int SkipTransforms(ref LosslessBits bits, int width, int height)
    {
        int seen = 0;
        while (bits.Read(1) == 1)
        {
            int transform = bits.Read(2);
            if ((seen & 1 << transform) != 0)
            {
                throw ImageException.Corrupt(ImageFormat.WebP, $"its transform {transform} comes twice");
            }

            seen |= 1 << transform;
            if (transform == ColourIndexing)
            {
                int colours = bits.Read(8) + 1;
                SkipPicture(ref bits, colours, 1);
                width = Blocks(width, colours switch { <= 2 => 3, <= 4 => 2, <= 16 => 1, _ => 0 });
            }
            else if (transform != GreenSubtraction)
            {
                int blockBits = bits.Read(3) + 2;
                SkipPicture(ref bits, Blocks(width, blockBits), Blocks(height, blockBits));
            }
        }

        return width;
    }

    /// <summary>
    /// Reads a picture within the stream and gives the largest red and green (as 16 bits) in it. Pixels that are copied
    /// or cached have been literals before, so literals are enough, and distances need not be followed.
    /// </summary>
    private static int SkipPicture(ref LosslessBits bits, int width, int height)
    {
        int cache = bits.Read(1) == 1 ? 1 << bits.Read(4) : 0;
        LosslessCode green = LosslessCode.Read(ref bits, Literals + LengthCodes + cache);
        LosslessCode red = LosslessCode.Read(ref bits, Literals);
        LosslessCode blue = LosslessCode.Read(ref bits, Literals);
        LosslessCode alpha = LosslessCode.Read(ref bits, Literals);
        LosslessCode distance = LosslessCode.Read(ref bits, DistanceCodes);
        int largest = 0;
        for (long left = (long)width * height; left > 0; left--)
        {
            int symbol = green.Next(ref bits);
            if (symbol < Literals)
            {
                largest = Math.Max(largest, red.Next(ref bits) << 8 | symbol);
                blue.Next(ref bits);
                alpha.Next(ref bits);
            }
            else if (symbol < Literals + LengthCodes)
            {
                left -= ReadNumber(ref bits, symbol - Literals) - 1;
                ReadNumber(ref bits, distance.Next(ref bits));
            }
        }

        return largest;
    }

    /// <summary>A length or distance: a prefix and the bits behind it.</summary>
    private static int ReadNumber(ref LosslessBits bits, int prefix)
    {
        if (prefix < 4)
        {
            return prefix + 1;
        }

        int extra = prefix - 2 >> 1;
        return (2 + (prefix & 1) << extra) + bits.Read(extra) + 1;
    }

    private static int Blocks(int side, int bits) => side + (1 << bits) - 1 >> bits;
}
