using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes portable anymaps (.pbm, .pgm, .ppm), in which older research data sets come. Samples are scaled to 0..255 as
/// Pillow scales them: rounded half to even.
/// </summary>
internal sealed class PnmReader : IPixelReader
{
    private PnmReader()
    {
    }

    public static PnmReader Instance { get; } = new();

    public int PixelBytes(ImageHeader header) => 0;

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        PnmHeader pnm = PnmHeader.Read(file.Span);
        byte[] samples = new byte[pnm.Width * pnm.SamplesPerPixel];
        if (pnm.IsText)
        {
            ReadText(file.Span, pnm, samples, canvas);
            return;
        }

        FileBytes bytes = new(file.Span, ImageFormat.Pnm);
        ReadOnlySpan<byte> rows = bytes.At(pnm.DataOffset, pnm.Stride * pnm.Height);
        for (int y = 0; y < pnm.Height; y++)
        {
            ScaleRow(rows.Slice((int)(y * pnm.Stride), (int)pnm.Stride), pnm, samples);
            Append(samples, canvas);
        }
    }

    private static void ReadText(ReadOnlySpan<byte> file, PnmHeader pnm, byte[] samples, RgbCanvas canvas)
    {
        PnmTokens tokens = new(file, pnm.DataOffset - 1);
        for (int y = 0; y < pnm.Height; y++)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = pnm.IsBitmap
                    ? Ink(tokens.NextBit())
                    : Scale(tokens.Next(pnm.MaxValue), pnm.MaxValue);
            }

            Append(samples, canvas);
        }
    }

    private static void ScaleRow(ReadOnlySpan<byte> row, PnmHeader pnm, byte[] samples)
    {
        if (pnm.MaxValue == byte.MaxValue)
        {
            row.CopyTo(samples);
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = pnm.IsBitmap ? Ink((row[i / 8] & (0x80 >> (i % 8))) != 0)
                : pnm.MaxValue < byte.MaxValue ? Scale(row[i], pnm.MaxValue)
                : Scale(BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]), pnm.MaxValue);
        }
    }

    private static void Append(byte[] samples, RgbCanvas canvas) =>
        canvas.Append(1, samples, static (destination, samples) =>
        {
            if (samples.Length == destination.Length)
            {
                samples.CopyTo(destination);
                return;
            }

            for (int x = 0; x < samples.Length; x++)
            {
                destination.Slice(x * PixelImage.Channels, PixelImage.Channels).Fill(samples[x]);
            }
        });

    // In a bitmap 1 is black.
    private static byte Ink(bool set) => set ? (byte)0 : byte.MaxValue;

    private static byte Scale(int sample, int maxValue) =>
        (byte)Math.Min(byte.MaxValue, Math.Round(sample / (double)maxValue * byte.MaxValue));
}
