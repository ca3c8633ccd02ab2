using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Compressed bodies: inflated up to the limits of plain ones, or refused by their encoding.</summary>
public sealed class ContentEncodingTests(RunningService service)
{
    private const string Item = """{"identity":"a","vector":[1,2,3,4]}""" + "\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("GZIP")]
    public async Task Body_Compressed_IsInflated(string encoding)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage enrolled = await PostAsync(
            $"{Path(gallery)}/identities/a/images", """{"vector":[1,2,3,4]}""", encoding);
        enrolled.EnsureSuccessStatusCode();
        using HttpResponseMessage ingested = await PostAsync($"{Path(gallery)}/images:ingest", Item + Item, encoding);
        IReadOnlyList<IngestAck> acks = RunningService.Acks(await ingested.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal([EnrolStatus.Duplicate, EnrolStatus.Duplicate], acks.Select(ack => ack.Status));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("compress")]
    public async Task Body_OfAnotherEncoding_IsRefusedByItsName(string encoding)
    {
        using HttpResponseMessage response = await PostAsync("/v1/galleries", "{}", encoding);
        Problem problem = await RunningService.ProblemAsync(response, 415, ErrorCodes.UnsupportedMediaType);
        Assert.Contains($"'{encoding}'", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("gzip", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Body_InflatedAboveTheLimit_IsTooLarge(string encoding)
    {
        string name = new('x', 17 * 1024 * 1024);
        using HttpResponseMessage response = await PostAsync(
            "/v1/galleries", $$"""{"dimension":4,"name":"{{name}}"}""", encoding);
        Problem problem = await RunningService.ProblemAsync(response, 413, ErrorCodes.TooLarge);
        Assert.Contains("MaxBodyBytes", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Body_ThatIsNotWhatItSays_IsRefused(string encoding)
    {
        byte[] plain = Encoding.UTF8.GetBytes(new string('{', 100));
        using HttpResponseMessage response = await SendAsync("/v1/galleries", plain, encoding);
        Problem problem = await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
        Assert.Contains($"no {encoding}", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_InflatedLineAboveItsLimit_IsSkippedAndTheRestGoesOn()
    {
        string gallery = await service.CreateGalleryAsync();
        string bomb = new(' ', 40 * RunningService.MaxLineBytes);
        using HttpResponseMessage response = await PostAsync(
            $"{Path(gallery)}/images:ingest", Item + bomb + "\n" + Item, "gzip");
        IReadOnlyList<IngestAck> acks = RunningService.Acks(await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal([null, ErrorCodes.TooLarge, null], acks.Select(ack => ack.Error?.Code));
    }

    [Fact]
    public async Task Ingest_CutInTheMiddle_EnrolsWhatWasCompleteAndSaysSo()
    {
        string gallery = await service.CreateGalleryAsync();
        // Its last line is a whole item: only the missing end of the compressed stream tells that it may be none.
        byte[] whole = Compress(Encoding.UTF8.GetBytes(Item + Item.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)
            .TrimEnd()), "gzip");
        using HttpResponseMessage response = await SendAsync($"{Path(gallery)}/images:ingest", whole[..^9], "gzip");
        IReadOnlyList<IngestAck> acks = RunningService.Acks(await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(ErrorCodes.InvalidRequest, acks[^1].Error!.Code);
        IdentityListResponse list = await service.Client.ListIdentitiesAsync(gallery, cancellationToken: Cancelled);
        Assert.DoesNotContain(list.Identities, entry => entry.Identity == "b");
    }

    private static string Path(string gallery) => $"/v1/galleries/{Uri.EscapeDataString(gallery)}";

    private Task<HttpResponseMessage> PostAsync(string path, string body, string encoding) =>
        SendAsync(path, Compress(Encoding.UTF8.GetBytes(body), encoding), encoding);

    private async Task<HttpResponseMessage> SendAsync(string path, byte[] body, string encoding)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await service.Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancelled);
    }

    private static byte[] Compress(byte[] plain, string encoding)
    {
        using MemoryStream target = new();
        using (Stream compressing = encoding switch
        {
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            compressing.Write(plain);
        }

        return target.ToArray();
    }
}
