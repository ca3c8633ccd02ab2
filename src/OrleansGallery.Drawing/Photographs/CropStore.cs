using System.IO.MemoryMappedFiles;

namespace OrleansGallery.Drawing;

/// <summary>
/// Crops in one temporary file that the system maps into memory: tens of thousands of them are gigabytes, of which it
/// keeps what fits. The file goes when the store does.
/// </summary>
internal sealed class CropStore : IDisposable
{
    private readonly string _path;
    private readonly int _length;
    private FileStream? _writing;
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _view;

    public CropStore(int side)
    {
        Side = side;
        _length = side * side * 4;
        _path = Path.Combine(Path.GetTempPath(), $"gallery-crops-{Guid.NewGuid():N}.tmp");
        _writing = new FileStream(
            _path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // The open file lives on without a name, so that a killed process leaves nothing behind.
            File.Delete(_path);
        }
    }

    public int Side { get; }

    /// <summary>Appends a crop.</summary>
    /// <returns>Its offset.</returns>
    public long Add(ReadOnlySpan<byte> rgba)
    {
        long offset = _writing!.Position;
        _writing.Write(rgba);
        return offset;
    }

    /// <summary>Ends the writing.</summary>
    public void Seal()
    {
        _writing!.Flush();
        if (_writing.Length > 0)
        {
            _file = MemoryMappedFile.CreateFromFile(
                _writing, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
    }

    public void Read(long offset, byte[] destination) => _view!.ReadArray(offset, destination, 0, _length);

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
        _writing?.Dispose();
        _writing = null;
    }
}
