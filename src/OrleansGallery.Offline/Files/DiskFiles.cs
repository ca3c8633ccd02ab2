namespace OrleansGallery.Offline;

/// <summary>Files below a folder.</summary>
internal sealed class DiskFiles(string root) : IImageFiles
{
    // Far above any picture that is decoded; it keeps a film among the pictures out of memory.
    private const long MaxBytes = 64 * 1024 * 1024;

    public byte[] Read(string path)
    {
        string full = Path.Combine(root, path);
        long length = new FileInfo(full).Length;
        return length <= MaxBytes
            ? File.ReadAllBytes(full)
            : throw new IOException($"'{full}' has {length} bytes, too many for an image.");
    }

    /// <summary>Nothing is open.</summary>
    public void Dispose()
    {
    }
}
