namespace OrleansGallery.Imaging;

/// <summary>The image is refused and the caller is to blame; nothing was decoded.</summary>
/// <param name="fault">Why it is refused.</param>
/// <param name="message">The fact, the values, and the setting to change where there is one.</param>
/// <param name="innerException">What the decoder library said, if it was asked.</param>
public sealed class ImageException(ImageFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why the image is refused.</summary>
    public ImageFault Fault { get; } = fault;

    internal static ImageException Truncated(ImageFormat format, string what, long needed, long actual) => new(
        ImageFault.Truncated,
        $"The {format} file is truncated: {what} reaches to byte {needed}, the file has {actual}.");

    internal static ImageException Truncated(ImageFormat format, string what) =>
        new(ImageFault.Truncated, $"The {format} file is truncated: {what}.");

    internal static ImageException Corrupt(ImageFormat format, string what, Exception? inner = null) =>
        new(ImageFault.Corrupt, $"The {format} file is corrupt: {what}.", inner);

    internal static ImageException Unsupported(ImageFormat format, string what) =>
        new(ImageFault.Unsupported, $"This kind of {format} is not supported: {what}.");
}
