using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Imaging;

/// <summary>Holds files and headers against <see cref="ImagingOptions"/>.</summary>
internal sealed class ImageLimits
{
    private readonly int _maxBytes;
    private readonly int _maxPixels;
    private readonly int _maxSide;
    private readonly long _maxMemory;

    /// <summary>Copies the options, so that a later change to them changes nothing here.</summary>
    /// <exception cref="ValidationException">A limit is out of its range.</exception>
    public ImageLimits(ImagingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_maxBytes, _maxPixels, _maxSide) = (options.MaxBytes, options.MaxPixels, options.MaxSide);
        _maxMemory = options.MaxDecodeBytes;
    }

    public void CheckFile(int bytes)
    {
        if (bytes == 0)
        {
            throw new ImageException(ImageFault.Empty, "The image file is empty (0 bytes).");
        }

        if (bytes > _maxBytes)
        {
            throw new ImageException(
                ImageFault.TooManyBytes,
                $"The image file has {bytes} bytes; " +
                $"{Setting(nameof(ImagingOptions.MaxBytes))} allows {_maxBytes}.");
        }
    }

    public void CheckSize(ImageFormat format, int width, int height)
    {
        if (width > _maxSide || height > _maxSide)
        {
            throw new ImageException(
                ImageFault.SideTooLong,
                $"The {format} image is {width} x {height}; " +
                $"{Setting(nameof(ImagingOptions.MaxSide))} allows sides of {_maxSide}.");
        }

        if ((long)width * height > _maxPixels)
        {
            throw new ImageException(
                ImageFault.TooManyPixels,
                $"The {format} image is {width} x {height}, {(long)width * height} pixels; " +
                $"{Setting(nameof(ImagingOptions.MaxPixels))} allows {_maxPixels}.");
        }
    }

    /// <summary>Counted from the header, so that no memory is taken for what is refused.</summary>
    public void CheckMemory(ImageHeader header, int pixelBytes)
    {
        long bytes = (long)header.Width * header.Height * pixelBytes;
        if (bytes > _maxMemory)
        {
            throw new ImageException(
                ImageFault.TooMuchMemory,
                $"Decoding the {header.Format} image of {header.Width} x {header.Height} takes {bytes} bytes, " +
                $"{pixelBytes} per pixel; {Setting(nameof(ImagingOptions.MaxDecodeBytes))} allows {_maxMemory}.");
        }
    }

    private static string Setting(string name) => $"{ImagingOptions.Section}:{name}";
}
