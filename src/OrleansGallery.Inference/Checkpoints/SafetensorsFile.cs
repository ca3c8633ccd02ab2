using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// A safetensors file: named tensors and string metadata, no code. The header is read and checked when the file is
/// opened; a tensor's bytes are read when asked for, straight into the caller's buffer.
/// </summary>
/// <remarks>
/// Format: u64 header length, JSON header, data (https://github.com/huggingface/safetensors). Instances are safe for use
/// by several threads until disposed.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int PrefixLength = 8;

    private readonly SafeFileHandle _file;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsEntry> _byName;

    private SafetensorsFile(string path, SafeFileHandle file, SafetensorsHeader header, long dataStart)
    {
        Path = path;
        _file = file;
        _header = header;
        _dataStart = dataStart;
        _byName = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

    /// <summary>The tensors in the header's order.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _header.Entries;

    /// <summary>The metadata; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="CheckpointException">It is no safetensors file, or its header does not fit its data.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            long length = RandomAccess.GetLength(file);
            Span<byte> prefix = stackalloc byte[PrefixLength];
            if (length < PrefixLength || RandomAccess.Read(file, prefix, 0) != PrefixLength)
            {
                throw new CheckpointException(path, $"it has {length} bytes, too few for a safetensors file.");
            }

            ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (headerLength > SafetensorsHeader.MaxLength || (long)headerLength > length - PrefixLength)
            {
                throw new CheckpointException(
                    path,
                    $"it claims a header of {headerLength} bytes; it has {length} bytes, and a header at most "
                    + $"{SafetensorsHeader.MaxLength}. It is cut short, or no safetensors file.");
            }

            byte[] json = new byte[headerLength];
            ReadExactly(file, json, PrefixLength, path);
            long dataStart = PrefixLength + (long)headerLength;
            return new SafetensorsFile(
                path, file, SafetensorsHeader.Parse(json, length - dataStart, path), dataStart);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file; a crash at any moment leaves the old file or the new one (write, sync, rename).</summary>
    /// <param name="path">Where; an existing file is replaced.</param>
    /// <param name="tensors">The tensors, in the order they shall have.</param>
    /// <param name="metadata">The metadata.</param>
    /// <exception cref="ArgumentException">A name is there twice, or a tensor's bytes do not fit its shape.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there is unchanged.</exception>
    public static void Write(
        string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        List<SafetensorsEntry> entries = Layout(tensors);
        byte[] header = new SafetensorsHeader(entries, metadata).ToJson();
        DurableFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[PrefixLength];
            BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (SafetensorsTensor tensor in tensors)
            {
                stream.Write(tensor.Data.Span);
            }
        });
    }

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Its key.</param>
    /// <returns>The tensor, or null where there is none of this name.</returns>
    public SafetensorsEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a tensor's bytes.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="destination">A buffer of exactly <see cref="SafetensorsEntry.Length"/> bytes.</param>
    /// <exception cref="ArgumentException">The buffer has another length.</exception>
    public void Read(SafetensorsEntry entry, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (destination.Length != entry.Length)
        {
            throw new ArgumentException(
                $"The buffer has {destination.Length} bytes, '{entry.Name}' has {entry.Length}.", nameof(destination));
        }

        ReadExactly(_file, destination, _dataStart + entry.Offset, Path);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static List<SafetensorsEntry> Layout(IReadOnlyList<SafetensorsTensor> tensors)
    {
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal) { "__metadata__" };
        long offset = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            long length = tensor.Shape.Aggregate((long)SafetensorsHeader.SizeOf(tensor.Type), (a, b) => checked(a * b));
            if (!names.Add(tensor.Name) || length != tensor.Data.Length)
            {
                throw new ArgumentException(
                    $"'{tensor.Name}' is there twice, or its {tensor.Data.Length} bytes are not the {length} of its shape.",
                    nameof(tensors));
            }

            entries.Add(new SafetensorsEntry
            {
                Name = tensor.Name, Type = tensor.Type, Shape = tensor.Shape, Offset = offset, Length = length,
            });
            offset += length;
        }

        return entries;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> destination, long offset, string path)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new CheckpointException(path, "it became shorter while it was read.");
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
