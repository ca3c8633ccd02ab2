using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace OrleansGallery.Server;

/// <summary>
/// Inflates compressed bodies as they are read. What comes out has the limit of a body that is sent plainly; an
/// ingestion's lines have theirs. Other encodings are refused: their bytes would only be taken for broken JSON.
/// </summary>
internal sealed class BodyInflation(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Known = "gzip, deflate, br or none";

    public async Task InvokeAsync(HttpContext context)
    {
        StringValues header = context.Request.Headers.ContentEncoding;
        string encoding = header.ToString().Trim().ToLowerInvariant();
        if (encoding is "" or "identity")
        {
            await next(context);
            return;
        }

        Stream sent = context.Request.Body;
        await using Stream inflated = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress, leaveOpen: true),
            "deflate" => new ZLibStream(sent, CompressionMode.Decompress, leaveOpen: true),
            "br" => new BrotliStream(sent, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new UnsupportedMediaTypeException(
                $"The body's content encoding is '{header}'; {Known} is taken here."),
        };
        bool isStream = context.GetEndpoint()?.Metadata.GetMetadata<StreamedBodyMark>() is not null;
        context.Request.Body = new InflatedBody(
            inflated, encoding, isStream ? long.MaxValue : options.Value.MaxBodyBytes);
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Body = sent;
        }
    }
}
