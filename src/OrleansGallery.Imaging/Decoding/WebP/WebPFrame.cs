using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>
/// The still picture, or an animation's first frame, as a file of its own without metadata, profiles and other frames;
/// and where on the canvas it lies. ImageSharp 2.1 reads no animation.
/// </summary>
internal readonly record struct WebPFrame(byte[] File, ImageHeader Header, int Left, int Top)
{
    private const int FrameHeader = 16;
    private const int LosslessHeader = 5;
    private const int LosslessAlpha = 1;
    private const byte AlphaFlag = 0x10;

    /// <exception cref="ImageException">The frame leaves the canvas, or its pixels have another size.</exception>
    public static WebPFrame Read(ReadOnlySpan<byte> file, ImageHeader canvas)
    {
        int end = WebPChunks.Header + (int)BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        WebPChunks chunks = new(file[..end]);
        WebPChunks pixels = new(file[..end]);
        while (chunks.MoveNext())
        {
            if (chunks.Is("VP8 "u8) || chunks.Is("VP8L"u8))
            {
                return Still(pixels, 0, 0, canvas with { Orientation = Orientation.TopLeft });
            }

            if (!chunks.Is("ANMF"u8))
            {
                continue;
            }

            FileBytes frame = new(chunks.Content, ImageFormat.WebP);
            (int left, int top) = (frame.U24Little(0) * 2, frame.U24Little(3) * 2);
            (int width, int height) = (frame.U24Little(6) + 1, frame.U24Little(9) + 1);
            if (left + width > canvas.Width || top + height > canvas.Height)
            {
                throw ImageException.Corrupt(
                    ImageFormat.WebP,
                    $"its first frame reaches to {left + width} x {top + height} of {canvas.Width} x {canvas.Height}");
            }

            return Still(
                new WebPChunks(chunks.Content, FrameHeader),
                left,
                top,
                canvas with { Width = width, Height = height, Orientation = Orientation.TopLeft });
        }

        throw ImageException.Corrupt(ImageFormat.WebP, "it has no image data");
    }

    private static WebPFrame Still(WebPChunks chunks, int left, int top, ImageHeader header)
    {
        ReadOnlySpan<byte> alpha = default;
        while (chunks.MoveNext())
        {
            if (chunks.Is("ALPH"u8) && alpha.IsEmpty && header.MayBeTransparent)
            {
                alpha = chunks.Whole;
            }

            if (!WebPPicture.TryRead(chunks, out WebPPicture picture))
            {
                continue;
            }

            if ((picture.Width, picture.Height) != (header.Width, header.Height))
            {
                throw ImageException.Corrupt(
                    ImageFormat.WebP,
                    $"its header says {header.Width} x {header.Height}, " +
                    $"its content {picture.Width} x {picture.Height}");
            }

            if (picture.IsLossless)
            {
                LosslessGroups.Check(chunks.Content[LosslessHeader..], header.Width, header.Height);
            }
            else if (alpha is [_, _, _, _, _, _, _, _, var flags, .. var packed] && (flags & 3) == LosslessAlpha)
            {
                LosslessGroups.Check(packed, header.Width, header.Height);
            }

            // Lossless pixels have their own alpha.
            byte[] file = picture.IsLossless || alpha.IsEmpty
                ? Write(default, default, chunks.Whole)
                : Write(Extended(header), alpha, chunks.Whole);
            return new WebPFrame(file, header, left, top);
        }

        throw ImageException.Corrupt(ImageFormat.WebP, "its first frame has no image data");
    }

    private static byte[] Extended(ImageHeader header)
    {
        byte[] chunk = [.. "VP8X"u8, 10, 0, 0, 0, AlphaFlag, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        // The height's three bytes overwrite the fourth of the width, which is zero.
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(12), header.Width - 1);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(15), (ushort)(header.Height - 1));
        chunk[17] = (byte)(header.Height - 1 >> 16);
        return chunk;
    }

    private static byte[] Write(ReadOnlySpan<byte> extended, ReadOnlySpan<byte> alpha, ReadOnlySpan<byte> pixels)
    {
        int size = WebPChunks.First + extended.Length + Even(alpha.Length) + Even(pixels.Length);
        byte[] file = new byte[size];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), size - WebPChunks.Header);
        "WEBP"u8.CopyTo(file.AsSpan(8));
        Span<byte> rest = file.AsSpan(WebPChunks.First);
        extended.CopyTo(rest);
        rest = rest[extended.Length..];
        alpha.CopyTo(rest);
        pixels.CopyTo(rest[Even(alpha.Length)..]);
        return file;
    }

    private static int Even(int length) => length + (length & 1);
}
