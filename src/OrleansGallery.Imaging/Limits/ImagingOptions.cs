using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Imaging;

/// <summary>What an image file may cost. All limits are checked before a pixel is decoded.</summary>
public sealed class ImagingOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Imaging";

    /// <summary>
    /// The largest file, in bytes. Raising it lets bigger uploads in; each is held in memory while it is decoded.
    /// Default: 10,485,760 (10 MiB).
    /// </summary>
    [Range(1, 1 << 30)]
    public int MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// The largest width times height. What a pixel takes differs by format: see <see cref="MaxDecodeBytes"/>.
    /// Default: 50,000,000.
    /// </summary>
    [Range(1, 500_000_000)]
    public int MaxPixels { get; set; } = 50_000_000;

    /// <summary>The longest width or height, in pixels. Default: 16,384.</summary>
    [Range(1, 65_535)]
    public int MaxSide { get; set; } = 16_384;

    /// <summary>
    /// The most memory that one decode may take, in bytes, counted from the header before it begins: per pixel 6 for a
    /// baseline JPEG, up to 12 for a progressive one or a PNG, 15 for WebP, 4 to 7 for the others. Each concurrent
    /// decode may take as much. Default: 536,870,912 (512 MiB).
    /// </summary>
    [Range(1 << 20, int.MaxValue)]
    public int MaxDecodeBytes { get; set; } = 512 << 20;
}
