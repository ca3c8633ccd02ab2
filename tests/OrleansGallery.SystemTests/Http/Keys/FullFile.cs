namespace OrleansGallery.SystemTests.Http;

/// <summary>A file on a disk that has room for so many bytes of it: of what is more it takes the beginning.</summary>
internal sealed class FullFile(string path, Func<long> room)
    : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int fits = (int)Math.Min(buffer.Length, room() - Length);
        base.Write(buffer[..fits]);
        if (fits < buffer.Length)
        {
            throw new IOException("No space left on device");
        }
    }
}
