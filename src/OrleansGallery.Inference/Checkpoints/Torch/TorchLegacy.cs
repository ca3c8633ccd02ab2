using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// PyTorch's files before 1.6: five pickles (magic number, version, byte order, content, storages' keys), then each
/// storage's count and numbers in the order of the keys.
/// </summary>
internal sealed class TorchLegacy : ITorchStorages
{
    private const int Version = 1001;

    private static readonly BigInteger Magic = new([0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]);

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);

    private TorchLegacy(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    public static TorchCheckpoint Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new TorchLegacy(path, file).Read();
        }
        catch (PickleException exception)
        {
            file.Dispose();
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Read(string key, long offset, Span<byte> destination)
    {
        long from = _starts[key] + offset;
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(_file, destination, from);
            if (read == 0)
            {
                throw new CheckpointException(_path, "it became shorter while it was read.");
            }

            destination = destination[read..];
            from += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private TorchCheckpoint Read()
    {
        long length = RandomAccess.GetLength(_file);
        byte[] head = new byte[Math.Min(length, PickleLimits.MaxBytes)];
        int filled = 0;
        while (filled < head.Length && RandomAccess.Read(_file, head.AsSpan(filled), filled) is > 0 and int read)
        {
            filled += read;
        }

        int position = 0;
        TorchIds ids = new();
        if (Next(head, null, ref position) is not BigInteger magic || magic != Magic)
        {
            throw new PickleException("it is a pickle, but none that PyTorch wrote.");
        }

        if (Next(head, null, ref position) is not long version || version != Version)
        {
            throw new PickleException($"its format version is not {Version}.");
        }

        if (Next(head, null, ref position) is not PickleDictionary system || system["little_endian"] is not true)
        {
            throw new PickleException("its numbers are big-endian, which is not read.");
        }

        object? root = Next(head, ids.Storage, ref position);
        List<object?> keys = Next(head, null, ref position) as List<object?>
            ?? throw new PickleException("it has no list of its storages.");
        Locate(keys, ids.Storages, position, length);
        return TorchCheckpoint.Of(_path, CheckpointFormat.TorchLegacy, root, this);
    }

    private static object? Next(ReadOnlySpan<byte> head, Func<PickleTuple, object?>? storages, ref int position)
    {
        object? value = PickleMachine.Load(head[position..], storages, out int length);
        position += length;
        return value;
    }

    private void Locate(List<object?> keys, IReadOnlyDictionary<string, PickleStorage> storages, long position, long length)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        foreach (object? item in keys)
        {
            if (item is not string key || !storages.TryGetValue(key, out PickleStorage? storage))
            {
                throw new PickleException($"it lists storage '{item}', which no tensor of a known type refers to.");
            }

            int size = storage.Type is { } type ? SafetensorsHeader.SizeOf(type) : 1;
            long count = RandomAccess.Read(_file, prefix, position) == prefix.Length
                ? BinaryPrimitives.ReadInt64LittleEndian(prefix)
                : throw new PickleException($"it ends at byte {length}, before storage '{key}'.");
            position += prefix.Length;
            if (count != storage.Count || (Int128)count * size > length - position)
            {
                throw new PickleException(
                    $"storage '{key}' of {storage.Count} elements of {size} bytes has {count} in the data, of which "
                    + $"{length - position} bytes are left: it is cut short or damaged.");
            }

            if (!_starts.TryAdd(key, position))
            {
                throw new PickleException($"it lists storage '{key}' twice.");
            }

            position += count * size;
        }

        if (storages.Keys.FirstOrDefault(key => !_starts.ContainsKey(key)) is { } missing)
        {
            throw new PickleException($"it lacks storage '{missing}'.");
        }
    }
}
