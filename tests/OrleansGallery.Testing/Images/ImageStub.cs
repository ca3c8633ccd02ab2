namespace OrleansGallery.Testing;

/// <summary>Files that pass for images where nobody decodes them: the first bytes of one.</summary>
public static class ImageStub
{
    /// <summary>Writes a file and the folders above it: an image's first bytes, or a text where the name ends in
    /// <c>.txt</c>.</summary>
    /// <param name="path">The file.</param>
    public static void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(
            path,
            path.EndsWith(".txt", StringComparison.Ordinal) ? "some notes"u8 : [0x89, .. "PNG\r\n\x1A\n"u8]);
    }
}
