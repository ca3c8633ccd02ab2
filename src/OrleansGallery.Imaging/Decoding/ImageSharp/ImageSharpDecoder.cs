using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes through SixLabors.ImageSharp on the calling thread. Whatever is particular to version 2.1 is in this file:
/// its decoders and their options, how it allocates, what it throws and what it cannot do. It decodes JPEG, PNG and
/// WebP; it never sees a file as it came, only the picture of one (see <see cref="CheckedDecoder"/>).
/// </summary>
internal sealed class ImageSharpDecoder : IPixelReader
{
    /// <summary>A band is a few rows, so that alpha and turns pass through a small buffer.</summary>
    private const int BandRows = 16;

    /// <summary>Buffers that are kept for the next picture; above, memory goes back to the system.</summary>
    private const int PoolMegabytes = 64;

    // Measured with a lossless picture of 49 million pixels, which is held as 32-bit words.
    private const int WebPWorkBytes = 6;

    private readonly Configuration _configuration;
    private readonly JpegDecoder _jpeg = new() { IgnoreMetadata = true };
    private readonly PngDecoder _png = new() { IgnoreMetadata = true };
    private readonly WebpDecoder _webP = new() { IgnoreMetadata = true };

    public ImageSharpDecoder(ImagingOptions options) =>
        _configuration = new Configuration
        {
            MaxDegreeOfParallelism = 1,
            MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
            {
                MaximumPoolSizeMegabytes = PoolMegabytes,
                // A second bound, for content that needs more than its header said.
                AllocationLimitMegabytes = Math.Max(1, options.MaxDecodeBytes >> 20),
            }),
        };

    public int PixelBytes(ImageHeader header)
    {
        int pixel = header.IsDeep ? Marshal.SizeOf<Rgba64>() : header.MayBeTransparent ? Marshal.SizeOf<Rgba32>() : 3;
        return header.WorkBytes + pixel + (header.Format == ImageFormat.WebP ? WebPWorkBytes : 0);
    }

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        if (header.IsDeep)
        {
            using Image<Rgba64> image = Load<Rgba64>(file.Span, header);
            InBands(image, header, canvas, static (bands, rows, state) => bands.AppendRgba(rows, state, CopyHighBytes));
        }
        else if (canvas.NeedsNoAlpha)
        {
            using Image<Rgb24> image = Load<Rgb24>(file.Span, header);
            InBands(image, header, canvas, static (bands, rows, state) => bands.Append(rows, state, CopyPixels));
        }
        else
        {
            using Image<Rgba32> image = Load<Rgba32>(file.Span, header);
            InBands(image, header, canvas, static (bands, rows, state) => bands.AppendRgba(rows, state, CopyPixels));
        }
    }

    private static void InBands<TPixel>(
        Image<TPixel> image,
        ImageHeader header,
        RgbCanvas canvas,
        Action<RgbCanvas, int, (Image<TPixel> Image, int Top)> append)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (int y = 0; y < header.Height; y += BandRows)
        {
            append(canvas, Math.Min(BandRows, header.Height - y), (image, y));
        }
    }

    private static void CopyPixels<TPixel>(Span<byte> pixels, (Image<TPixel> Image, int Top) state)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (int y = state.Top; !pixels.IsEmpty; y++)
        {
            ReadOnlySpan<byte> row = MemoryMarshal.AsBytes(state.Image.DangerousGetPixelRowMemory(y).Span);
            row.CopyTo(pixels);
            pixels = pixels[row.Length..];
        }
    }

    private static void CopyHighBytes(Span<byte> pixels, (Image<Rgba64> Image, int Top) state)
    {
        for (int y = state.Top; !pixels.IsEmpty; y++)
        {
            Span<Rgba64> row = state.Image.DangerousGetPixelRowMemory(y).Span;
            ReadOnlySpan<ushort> samples = MemoryMarshal.Cast<Rgba64, ushort>(row);
            for (int i = 0; i < samples.Length; i++)
            {
                pixels[i] = (byte)(samples[i] >> 8);
            }

            pixels = pixels[samples.Length..];
        }
    }

    private Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> file, ImageHeader header)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Image<TPixel> image;
        try
        {
            image = Image.Load<TPixel>(_configuration, file, DecoderOf(header.Format));
        }
        catch (NotSupportedException failure)
        {
            throw ImageException.Unsupported(header.Format, $"ImageSharp says '{failure.Message}'");
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or TypeInitializationException))
        {
            // Besides its own exceptions, hostile files make a parser throw whatever they can (index, argument,
            // overflow); each of them means that the file is no picture.
            throw ImageException.Corrupt(header.Format, $"ImageSharp says '{failure.Message}'", failure);
        }

        if (image.Width == header.Width && image.Height == header.Height)
        {
            return image;
        }

        using (image)
        {
            throw ImageException.Corrupt(
                header.Format,
                $"its header says {header.Width} x {header.Height}, its content {image.Width} x {image.Height}");
        }
    }

    private SixLabors.ImageSharp.Formats.IImageDecoder DecoderOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => _jpeg,
        ImageFormat.Png => _png,
        ImageFormat.WebP => _webP,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "ImageSharp is not asked for this format."),
    };
}
