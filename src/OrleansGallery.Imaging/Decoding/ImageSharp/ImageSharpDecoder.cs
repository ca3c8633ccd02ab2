using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace OrleansGallery.Imaging;

/// <summary>Decodes through SixLabors.ImageSharp 3.1, on the calling thread.</summary>
internal sealed class ImageSharpDecoder : IPixelReader
{
    /// <summary>The widest picture the library holds at once: 16 bits of red, green, blue and alpha.</summary>
    private const long WidestPixelBytes = 8;

    private readonly DecoderOptions _options;

    public ImageSharpDecoder(ImagingOptions options)
    {
        Configuration configuration = Configuration.Default.Clone();
        configuration.MaxDegreeOfParallelism = 1;
        configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
        {
            // A second bound, for content that needs more than its header said.
            AllocationLimitMegabytes = (int)(options.MaxPixels * WidestPixelBytes >> 20) + 64,
        });
        // Orientation is in our own header; other metadata are ignored.
        _options = new DecoderOptions { Configuration = configuration, MaxFrames = 1, SkipMetadata = true };
    }

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        using Image<Rgb24> image = Load(file.Span, header.Format);
        if (image.Width != header.Width || image.Height != header.Height)
        {
            throw ImageException.Corrupt(
                header.Format,
                $"its header says {header.Width} x {header.Height}, its content {image.Width} x {image.Height}");
        }

        canvas.Append(header.Height, image, static (rgb, image) => image.CopyPixelDataTo(rgb));
    }

    private Image<Rgb24> Load(ReadOnlySpan<byte> file, ImageFormat format)
    {
        try
        {
            return Image.Load<Rgb24>(_options, file);
        }
        catch (NotSupportedException failure)
        {
            throw ImageException.Unsupported(format, $"ImageSharp says '{failure.Message}'");
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or TypeInitializationException))
        {
            // Besides its own exceptions, hostile files make a parser throw whatever they can (index, argument,
            // overflow); each of them means that the file is no picture.
            throw ImageException.Corrupt(format, $"ImageSharp says '{failure.Message}'", failure);
        }
    }
}
