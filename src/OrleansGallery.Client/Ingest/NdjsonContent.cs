using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>A batch as NDJSON, numbered from 1, written line by line without holding the whole body.</summary>
internal sealed class NdjsonContent : HttpContent
{
    private readonly IReadOnlyList<PendingItem> _batch;
    private readonly Action _lineSent;

    public NdjsonContent(IReadOnlyList<PendingItem> batch, Action lineSent)
    {
        (_batch, _lineSent) = (batch, lineSent);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using MemoryStream line = new();
        for (int i = 0; i < _batch.Count; i++)
        {
            await JsonSerializer.SerializeAsync(
                line, _batch[i].Item with { Seq = i + 1 }, GalleryJson.Options, cancellationToken);
            line.WriteByte((byte)'\n');
            if (line.Length >= 32 * 1024 || i == _batch.Count - 1)
            {
                await stream.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken);
                line.SetLength(0);
                _lineSent();
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
