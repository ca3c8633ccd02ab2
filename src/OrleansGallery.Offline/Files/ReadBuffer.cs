using System.Text;

namespace OrleansGallery.Offline;

/// <summary>The part of a file that is being looked at; it grows to hold one thing whole, up to a limit.</summary>
internal sealed class ReadBuffer : IDisposable
{
    /// <summary>The longest thing that is held whole: a line, or an object within a document.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int FirstLength = 128 * 1024;
    private const byte NewLine = (byte)'\n';
    private const byte Quote = (byte)'"';

    private readonly FileStream _stream;
    private byte[] _bytes = new byte[FirstLength];
    private int _start;
    private int _end;
    private long _read;

    /// <param name="path">The file; its byte-order mark is passed over.</param>
    /// <exception cref="InvalidDataException">It is no regular file.</exception>
    public ReadBuffer(string path)
    {
        if (Directory.Exists(path) || (File.Exists(path) && !FileKind.IsRegular(path)))
        {
            // The opening of a pipe may never end.
            throw new InvalidDataException($"'{path}' cannot be read: it is no regular file.");
        }

        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        while (!Ended && Unread.Length < Encoding.UTF8.Preamble.Length)
        {
            Fill();
        }

        if (Unread.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            Advance(Encoding.UTF8.Preamble.Length);
        }
    }

    /// <summary>Whether the file has no more than is here.</summary>
    public bool Ended { get; private set; }

    /// <summary>How much was read of the file.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    /// <summary>What is here and was not passed over; valid until it is filled again.</summary>
    public ReadOnlyMemory<byte> Unread => _bytes.AsMemory(_start, _end - _start);

    /// <summary>The line that begins here, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Passes over bytes.</summary>
    public void Advance(int count)
    {
        Line += Unread.Span[..count].Count(NewLine);
        _start += count;
    }

    /// <summary>Reads more of the file.</summary>
    /// <returns>False: as much as is held is here already.</returns>
    public bool Fill()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            if (_end >= MaxLength)
            {
                return false;
            }

            Array.Resize(ref _bytes, 2 * _end);
        }

        int read = _stream.Read(_bytes, _end, _bytes.Length - _end);
        Ended = read == 0;
        _end += read;
        Interlocked.Add(ref _read, read);
        return true;
    }

    /// <summary>Takes the next line, without its end.</summary>
    /// <param name="quoted">Whether a line may go on in the next one between double quotes.</param>
    /// <param name="line">The line; valid until the next one is taken.</param>
    /// <returns>False: there is none.</returns>
    /// <exception cref="InvalidDataException">It is too long to be one, or its quotes are not closed; the message names
    /// the line.</exception>
    public bool TryReadLine(bool quoted, out ReadOnlyMemory<byte> line)
    {
        int end;
        bool open;
        while ((end = EndOfLine(Unread.Span, quoted, out open)) < 0 && !Ended)
        {
            if (!Fill())
            {
                throw new InvalidDataException(
                    $"'{_stream.Name}' line {Line}: it is longer than {MaxLength / 1024 / 1024} MiB"
                    + (open ? ", or its quotes are not closed." : "."));
            }
        }

        if (end < 0 && open)
        {
            throw new InvalidDataException($"'{_stream.Name}' line {Line}: its quotes are not closed.");
        }

        line = end < 0 ? Unread : Unread[..end];
        bool isThere = end >= 0 || line.Length > 0;
        if (line.Span is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        Advance(end < 0 ? Unread.Length : end + 1);
        return isThere;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    // By the rules of CsvLine: a quote opens a field only where that begins.
    private static int EndOfLine(ReadOnlySpan<byte> bytes, bool quoted, out bool open)
    {
        open = false;
        if (!quoted)
        {
            return bytes.IndexOf(NewLine);
        }

        int at = 0;
        while (true)
        {
            int next = open ? bytes[at..].IndexOf(Quote) : bytes[at..].IndexOfAny(Quote, NewLine);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (bytes[at] == NewLine)
            {
                return at;
            }

            bool isDoubled = open && at + 1 < bytes.Length && bytes[at + 1] == Quote;
            open = isDoubled || (!open && BeginsField(bytes[..at]));
            at += isDoubled ? 2 : 1;
        }
    }

    private static bool BeginsField(ReadOnlySpan<byte> before) =>
        before.TrimEnd(" \t"u8) is [] or [.., (byte)','];
}
