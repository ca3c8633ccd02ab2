using NetVips;

namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes through libvips. A pipeline of libvips costs about 0.3 ms for a small picture, most of it in starting worker
/// threads and a second buffer; so the loader is asked for bands of rows on the calling thread (a region on the
/// loader's own output, no operation behind it), and everything after the samples is done here.
/// </summary>
internal sealed class NetVipsDecoder : IPixelReader
{
    /// <summary>Below the large object heap's threshold, where so few rows are enough.</summary>
    private const int BandBytes = 80_000;

    /// <summary>A whole number of JPEG and WebP blocks.</summary>
    private const int BandRows = 16;

    private static readonly Log.LogDelegate Discard = static (_, _, _) => { };

    static NetVipsDecoder()
    {
        // Loaders that libvips itself calls unsafe for hostile files are off; callers are the parallelism; and results
        // of other requests are not kept.
        global::NetVips.NetVips.BlockUntrusted = true;
        global::NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // Warnings about odd files would go to standard error, without the file's name.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Discard);
    }

    // Bands for a baseline JPEG or a PNG; a WebP's frame, and 32-bit words for a lossless one.
    public int PixelBytes(ImageHeader header) => header.WorkBytes + (header.Format == ImageFormat.WebP ? 12 : 0);

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        try
        {
            using Image image = Open(VipsBytes(file), header.Format);
            VipsSamples samples = VipsSamples.Of(image, header);
            using Region region = Region.New(image);
            int rowBytes = header.Width * samples.PixelBytes;
            int band = Math.Max(BandRows, BandBytes / rowBytes / BandRows * BandRows);
            for (int y = 0; y < header.Height; y += band)
            {
                int rows = Math.Min(band, header.Height - y);
                (VipsSamples, byte[]) fetched = (samples, region.Fetch(0, y, header.Width, rows));
                if (canvas.NeedsNoAlpha)
                {
                    canvas.Append(rows, fetched, static (rgb, state) => state.Item1.Write(state.Item2, rgb, 3));
                }
                else
                {
                    canvas.AppendRgba(rows, fetched, static (rgba, state) => state.Item1.Write(state.Item2, rgba, 4));
                }
            }
        }
        catch (VipsException failure)
        {
            throw ImageException.Corrupt(header.Format, $"libvips says '{FirstLine(failure.Message)}'", failure);
        }
    }

    private static Image Open(byte[] file, ImageFormat format)
    {
        const Enums.Access access = Enums.Access.Sequential;
        const Enums.FailOn failOn = Enums.FailOn.Error;
        return format switch
        {
            ImageFormat.Jpeg => Image.JpegloadBuffer(file, access: access, failOn: failOn),
            ImageFormat.Png => Image.PngloadBuffer(file, access: access, failOn: failOn),
            ImageFormat.WebP => Image.WebploadBuffer(file, access: access, failOn: failOn),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "libvips is not asked for this format."),
        };
    }

    /// <summary>NetVips takes arrays only; a file that is a whole array is not copied.</summary>
    private static byte[] VipsBytes(ReadOnlyMemory<byte> file) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment)
        && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : file.ToArray();

    private static string FirstLine(string message)
    {
        // The first line of NetVips' message says only which call failed. The rest is libvips' error log, which its
        // threads share: with several decodes failing at once it may tell of another one.
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "no reason" : lines[Math.Min(1, lines.Length - 1)];
    }
}
