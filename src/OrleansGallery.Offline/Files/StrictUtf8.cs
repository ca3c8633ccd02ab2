using System.Text;

namespace OrleansGallery.Offline;

/// <summary>UTF-8 that is refused where it is none: letters that are read wrongly make one name of two.</summary>
internal static class StrictUtf8
{
    /// <summary>Reads a text.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">They are no UTF-8.</exception>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetString(bytes);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("it is not UTF-8; save the file as UTF-8.", exception);
        }
    }

    private static readonly UTF8Encoding Encoding = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
