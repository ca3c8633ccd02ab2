using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <summary>Compresses answers for those who ask for it: streams, and what is longer than a packet.</summary>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>Shorter answers fit one packet as they are.</summary>
    public const int MinBytes = 1_400;

    public static void Configure(ResponseCompressionOptions options)
    {
        options.MimeTypes = ["application/json", IngestEndpoint.ContentType];
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
    }

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.ContentLength is null or >= MinBytes && base.ShouldCompressResponse(context);
}
