using System.IO.Compression;
using System.Text;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>PyTorch's zip files: <c>NAME/data.pkl</c> and one <c>NAME/data/KEY</c> per storage.</summary>
internal sealed class TorchZip : ITorchStorages
{
    private const string PickleName = "data.pkl";

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly string _folder;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private (string Key, byte[] Bytes)? _last;

    private TorchZip(string path, ZipArchive archive)
    {
        _path = path;
        _archive = archive;
        _entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
            {
                throw new PickleException($"its archive has '{entry.FullName}' twice.");
            }
        }

        string pickle = _entries.Keys.FirstOrDefault(
            name => name == PickleName || name.EndsWith($"/{PickleName}", StringComparison.Ordinal))
            ?? throw new PickleException($"it is a zip archive without '{PickleName}', so not one of PyTorch's.");
        _folder = pickle[..^PickleName.Length];
    }

    public static TorchCheckpoint Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            long length = stream.Length;
            TorchZip zip = new(path, new ZipArchive(stream, ZipArchiveMode.Read));
            return zip.Read(length);
        }
        catch (Exception exception) when (exception is PickleException or InvalidDataException or NotSupportedException)
        {
            stream.Dispose();
            throw new CheckpointException(path, Fact(exception), exception);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Read(string key, long offset, Span<byte> destination)
    {
        if (_last is not { } last || last.Key != key)
        {
            try
            {
                _last = last = (key, Bytes(_entries[$"{_folder}data/{key}"]));
            }
            catch (Exception exception) when (
                exception is PickleException or InvalidDataException or NotSupportedException)
            {
                throw new CheckpointException(_path, Fact(exception), exception);
            }
        }

        last.Bytes.AsSpan(checked((int)offset), destination.Length).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last = null;
        _archive.Dispose();
    }

    private TorchCheckpoint Read(long fileLength)
    {
        RefuseBombs(fileLength);
        if (_entries.ContainsKey($"{_folder}constants.pkl"))
        {
            throw new PickleException("it is a TorchScript program, not a state dictionary. Save model.state_dict(), "
                + "or import it as a program (gallery model import FILE --trust).");
        }

        if (_entries.TryGetValue($"{_folder}byteorder", out ZipArchiveEntry? order)
            && Encoding.ASCII.GetString(Bytes(order)).Trim() != "little")
        {
            throw new PickleException("its numbers are big-endian, which is not read.");
        }

        ZipArchiveEntry pickle = _entries[_folder + PickleName];
        if (pickle.Length > PickleLimits.MaxBytes)
        {
            throw new PickleException(
                $"its pickle has {pickle.Length} bytes; at most {PickleLimits.MaxBytes} are read.");
        }

        TorchIds ids = new();
        object? root = PickleMachine.Load(Bytes(pickle), ids.Storage, out _);
        foreach (PickleStorage storage in ids.Storages.Values)
        {
            RefuseShort(storage);
        }

        return TorchCheckpoint.Of(_path, CheckpointFormat.TorchZip, root, this);
    }

    private void RefuseShort(PickleStorage storage)
    {
        int size = storage.Type is { } type ? SafetensorsHeader.SizeOf(type) : 1;
        if (!_entries.TryGetValue($"{_folder}data/{storage.Key}", out ZipArchiveEntry? entry))
        {
            throw new PickleException($"its archive lacks storage '{storage.Key}'.");
        }

        if ((Int128)storage.Count * size > entry.Length)
        {
            throw new PickleException(
                $"its pickle claims {storage.Count} elements of {size} bytes for storage '{storage.Key}'; it has "
                + $"{entry.Length} bytes.");
        }
    }

    // PyTorch stores without compression. Somebody may have packed the archive again, but not by very much.
    private void RefuseBombs(long fileLength)
    {
        Int128 total = 0;
        foreach (ZipArchiveEntry entry in _entries.Values)
        {
            total += entry.Length;
        }

        if (total > Math.Max(4 * fileLength, PickleLimits.MaxBytes))
        {
            throw new PickleException($"its archive unpacks to {total} bytes, too many for a file of {fileLength}.");
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length > Array.MaxLength)
        {
            throw new PickleException(
                $"its archive's '{entry.FullName}' has {entry.Length} bytes; at most {Array.MaxLength} are read.");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length
            ? bytes
            : throw new PickleException($"its archive's '{entry.FullName}' ends after {read} of {bytes.Length} bytes.");
    }

    private static string Fact(Exception exception) => exception is PickleException
        ? exception.Message
        : $"its zip archive is damaged or cut short ({exception.Message.TrimEnd('.')}).";
}
