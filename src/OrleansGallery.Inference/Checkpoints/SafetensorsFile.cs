using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// A safetensors file: named tensors and string metadata, no code. The header is read and checked when the file is
/// opened; a tensor's bytes are read when asked for, straight into the caller's buffer.
/// </summary>
/// <remarks>
/// Format: u64 header length, JSON header, data (https://github.com/huggingface/safetensors). Instances are safe for
/// use by several threads until disposed.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int PrefixLength = 8;
    private const int HashedAtOnce = 1 << 20;

    private readonly Source _source;
    private readonly IDisposable? _owned;
    private readonly long _length;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsEntry> _byName;

    private SafetensorsFile(string path, long length, Source source, IDisposable? owned)
    {
        Path = path;
        _length = length;
        _source = source;
        _owned = owned;
        (_header, _dataStart) = ReadHeader();
        _byName = _header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    private delegate int Source(Span<byte> destination, long offset);

    /// <summary>The path it was opened by, or what names it in memory.</summary>
    public string Path { get; }

    /// <summary>The tensors in the header's order.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _header.Entries;

    /// <summary>The metadata; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="CheckpointException">It is no safetensors file, or its header does not fit its
    /// data.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        CheckpointFile.RefuseFolder(path);
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new SafetensorsFile(
                path,
                RandomAccess.GetLength(file),
                (destination, offset) => RandomAccess.Read(file, destination, offset),
                file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes a file that is in memory.</summary>
    /// <param name="name">What names it in messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <returns>The file.</returns>
    /// <exception cref="CheckpointException">As of <see cref="Open"/>.</exception>
    public static SafetensorsFile Of(string name, ReadOnlyMemory<byte> bytes) => new(
        name,
        bytes.Length,
        (destination, offset) =>
        {
            int count = Math.Min(destination.Length, bytes.Length - (int)offset);
            bytes.Span.Slice((int)offset, count).CopyTo(destination);
            return count;
        },
        owned: null);

    /// <summary>Writes a file; a crash at any moment leaves the old file or the new one (write, sync,
    /// rename).</summary>
    /// <param name="path">Where; an existing file is replaced.</param>
    /// <param name="tensors">The tensors, in the order they shall have.</param>
    /// <param name="metadata">The metadata.</param>
    /// <exception cref="ArgumentException">A name is there twice, or a tensor's bytes do not fit its shape.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there is unchanged.</exception>
    public static void Write(
        string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        DurableFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes a file's content.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">The tensors, in the order they shall have.</param>
    /// <param name="metadata">The metadata.</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    public static void Write(
        Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        List<SafetensorsEntry> entries = Layout(tensors);
        byte[] header = new SafetensorsHeader(entries, metadata).ToJson();
        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in tensors)
        {
            stream.Write(tensor.Data.Span);
        }
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

        ReadExactly(destination, _dataStart + entry.Offset);
    }

    /// <summary>The SHA-256 of the whole file, by which models and checkpoints are known.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string Sha256()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(HashedAtOnce);
        try
        {
            for (long offset = 0; offset < _length;)
            {
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(HashedAtOnce, _length - offset));
                ReadExactly(part, offset);
                hash.AppendData(part);
                offset += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _owned?.Dispose();

    private (SafetensorsHeader Header, long DataStart) ReadHeader()
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (_length < PrefixLength || _source(prefix, 0) != PrefixLength)
        {
            throw new CheckpointException(Path, $"it has {_length} bytes, too few for a safetensors file.");
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaxLength || (long)headerLength > _length - PrefixLength)
        {
            throw new CheckpointException(
                Path,
                $"it claims a header of {headerLength} bytes; it has {_length} bytes, and a header at most "
                + $"{SafetensorsHeader.MaxLength}. It is cut short, or no safetensors file.");
        }

        byte[] json = new byte[headerLength];
        ReadExactly(json, PrefixLength);
        long dataStart = PrefixLength + (long)headerLength;
        return (SafetensorsHeader.Parse(json, _length - dataStart, Path), dataStart);
    }

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
                    $"'{tensor.Name}' is there twice, or its {tensor.Data.Length} bytes are not the {length} of its "
                    + "shape.",
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

    private void ReadExactly(Span<byte> destination, long offset)
    {
        while (destination.Length > 0)
        {
            int read = _source(destination, offset);
            if (read == 0)
            {
                throw new CheckpointException(Path, "it became shorter while it was read.");
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
