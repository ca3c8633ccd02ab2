namespace OrleansGallery.Imaging;

/// <summary>Why an image was refused.</summary>
public enum ImageFault
{
    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The file is larger than <see cref="ImagingOptions.MaxBytes"/>.</summary>
    TooManyBytes,

    /// <summary>Width times height is above <see cref="ImagingOptions.MaxPixels"/>.</summary>
    TooManyPixels,

    /// <summary>A side is longer than <see cref="ImagingOptions.MaxSide"/>.</summary>
    SideTooLong,

    /// <summary>The content is in no <see cref="ImageFormat"/>, whatever the file's name says.</summary>
    UnknownFormat,

    /// <summary>The format is known, this variety of it is not read.</summary>
    Unsupported,

    /// <summary>The file ends before its content does.</summary>
    Truncated,

    /// <summary>The content contradicts itself or its format.</summary>
    Corrupt,

    /// <summary>
    /// Decoding would take more memory than <see cref="ImagingOptions.MaxDecodeBytes"/>, though its size is allowed.
    /// </summary>
    TooMuchMemory,
}
