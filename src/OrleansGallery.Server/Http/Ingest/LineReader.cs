using System.Buffers;
using System.IO.Pipelines;

namespace OrleansGallery.Server;

/// <summary>
/// Cuts a body into lines, holding one line at most. A last line without a line end is a line; a body that breaks off
/// throws, so that a fragment is never taken for one.
/// </summary>
internal sealed class LineReader(PipeReader body, int maxLineBytes)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _line = new byte[4096];
    private int _length;
    private bool _tooLong;
    private long _number;

    /// <summary>Whether the whole body was read.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>The next line that is not blank.</summary>
    /// <returns>Null at the end of the body (<see cref="AtEnd"/>), or when the pending read was cancelled.</returns>
    public async ValueTask<IngestLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadOneAsync(cancellationToken))
        {
            _number++;
            if (_tooLong)
            {
                return new IngestLine(_number, ReadOnlyMemory<byte>.Empty, TooLong: true);
            }

            int start = _number == 1 && _line.AsSpan(0, _length).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
            ReadOnlyMemory<byte> line = _line.AsMemory(start, _length - start);
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                return new IngestLine(_number, line, TooLong: false);
            }
        }

        return null;
    }

    private async ValueTask<bool> ReadOneAsync(CancellationToken cancellationToken)
    {
        (_length, _tooLong) = (0, false);
        while (true)
        {
            ReadResult result = await body.ReadAsync(cancellationToken);
            if (result.IsCanceled)
            {
                // What was read stays in the pipe; whoever drains the body reads on.
                body.AdvanceTo(result.Buffer.Start);
                return false;
            }

            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                Append(buffer.Slice(0, end));
                body.AdvanceTo(buffer.GetPosition(1, end));
                return true;
            }

            Append(buffer);
            body.AdvanceTo(buffer.End);
            if (result.IsCompleted)
            {
                AtEnd = true;
                return _length > 0 || _tooLong;
            }
        }
    }

    private void Append(in ReadOnlySequence<byte> part)
    {
        if (_tooLong || _length + part.Length > maxLineBytes)
        {
            _tooLong = true;
            return;
        }

        int needed = _length + (int)part.Length;
        if (needed > _line.Length)
        {
            Array.Resize(ref _line, (int)Math.Min(Math.Max(needed, 2L * _line.Length), maxLineBytes));
        }

        part.CopyTo(_line.AsSpan(_length));
        _length = needed;
    }
}
