using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>What a compressed body inflates to, up to a limit.</summary>
internal sealed class InflatedBody(Stream inflated, string encoding, long maxBytes) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await inflated.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new InvalidRequestException($"The body is no {encoding}: {exception.Message}");
        }

        _read += count;
        return _read <= maxBytes
            ? count
            : throw new TooLargeException(
                $"The {encoding} body inflates to more than {maxBytes} bytes ({ServerOptions.Section}:"
                + $"{nameof(ServerOptions.MaxBodyBytes)}).");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
