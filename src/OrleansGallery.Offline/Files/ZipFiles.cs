using System.IO.Compression;

namespace OrleansGallery.Offline;

/// <summary>Files straight out of zip archives; nothing is unpacked to disk.</summary>
internal sealed class ZipFiles : IImageFiles
{
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly Lock _reading = new();
    private readonly List<ZipArchive> _archives = [];
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Opens the archives and reads their directories.</summary>
    /// <param name="paths">The archives; their entries' names must differ.</param>
    /// <exception cref="InvalidDataException">One is no zip archive.</exception>
    public ZipFiles(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        try
        {
            foreach (string path in paths)
            {
                ZipArchive archive = ZipFile.OpenRead(path);
                _archives.Add(archive);
                foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')))
                {
                    _entries[entry.FullName] = entry;
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The entries' names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Keys.Order(StringComparer.Ordinal)];

    public byte[] Read(string path)
    {
        if (!_entries.TryGetValue(path, out ZipArchiveEntry? entry) || entry.Length > MaxBytes)
        {
            throw new IOException($"The archive has no image '{path}', or it is above {MaxBytes} bytes.");
        }

        byte[] bytes = new byte[entry.Length];
        // An archive has one position for all of its entries.
        lock (_reading)
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes);
        }

        return bytes;
    }

    /// <summary>Closes the archives.</summary>
    public void Dispose() => _archives.ForEach(archive => archive.Dispose());
}
