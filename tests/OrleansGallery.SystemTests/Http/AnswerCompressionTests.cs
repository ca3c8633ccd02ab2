using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Answers are compressed for those who ask for it, where it is worth it.</summary>
public sealed class AnswerCompressionTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task LongList_ForWhoAsks_IsCompressedAndTheSame(string encoding)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage ingested = await SendAsync(
            HttpMethod.Post, gallery, "images:ingest", encoding, Lines(200));
        Assert.Equal([encoding], ingested.Content.Headers.ContentEncoding);
        Assert.Equal(200, RunningService.Acks(await TextAsync(ingested, encoding)).Count);
        using HttpResponseMessage plain = await SendAsync(HttpMethod.Get, gallery, "identities", encoding: null);
        using HttpResponseMessage compressed = await SendAsync(HttpMethod.Get, gallery, "identities", encoding);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal([encoding], compressed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);
        string text = await plain.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal(text.Length, plain.Content.Headers.ContentLength);
        Assert.Equal(text, await TextAsync(compressed, encoding));
        byte[] sent = await compressed.Content.ReadAsByteArrayAsync(Cancelled);
        Assert.InRange(sent.Length, 1, text.Length / 4);
    }

    [Fact]
    public async Task ShortAnswer_IsSentAsItIs()
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage list = await SendAsync(HttpMethod.Get, gallery, "identities", "gzip");
        Assert.Empty(list.Content.Headers.ContentEncoding);
        Assert.Equal("""{"identities":[],"next":null}""", await list.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Problem_ForWhoTakesCompressed_CanBeRead()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "nobody", "identities", "gzip");
        await RunningService.ProblemAsync(response, 404, ErrorCodes.GalleryNotFound);
    }

    private static string Lines(int count)
    {
        StringBuilder lines = new();
        for (int i = 0; i < count; i++)
        {
            lines.Append("{\"identity\":\"p").Append(i).Append("\",\"vector\":[1,0,0,0]}\n");
        }

        return lines.ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string gallery, string path, string? encoding, string? body = null)
    {
        using HttpRequestMessage request = new(method, $"/v1/galleries/{Uri.EscapeDataString(gallery)}/{path}")
        {
            Content = body is null ? null : new StringContent(body, MediaTypeHeaderValue.Parse("application/x-ndjson")),
        };
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        }

        return await service.Http.SendAsync(request, Cancelled);
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, string encoding)
    {
        using MemoryStream sent = new(await response.Content.ReadAsByteArrayAsync(Cancelled));
        await using Stream inflated = encoding == "br"
            ? new BrotliStream(sent, CompressionMode.Decompress)
            : new GZipStream(sent, CompressionMode.Decompress);
        using StreamReader reader = new(inflated);
        return await reader.ReadToEndAsync(Cancelled);
    }
}
