using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class IngestRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_AckOfAnItem_MeansThatASearchFindsIt()
    {
        string gallery = await service.CreateGalleryAsync();
        Random random = new(7);
        for (int i = 0; i < 20; i++)
        {
            float[] vector = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle() - 0.5f)];
            bool found = false;
            await foreach (IngestAck ack in service.Client.IngestAsync(
                gallery, One(new() { Identity = $"p{i}", Vector = vector }), cancellationToken: Cancelled))
            {
                Assert.Equal(EnrolStatus.Searchable, ack.Status);
                SearchResponse answer = await service.Client.SearchAsync(gallery, new() { Vector = vector }, Cancelled);
                found = answer.Matches[0].Identity == $"p{i}" && !answer.Partial;
            }

            Assert.True(found, $"p{i}");
        }
    }

    [Fact]
    public async Task Ingest_MalformedLineInTheMiddle_IsRejectedByNumberAndTheRestGoesOn()
    {
        string gallery = await service.CreateGalleryAsync();
        IReadOnlyList<IngestAck> acks = await service.IngestLinesAsync(
            gallery,
            """{"seq":10,"identity":"a","vector":[1,2,3,4]}""" + "\n"
            + "{\"identity\":\n"
            + "\r\n  \n"
            + """{"seq":"x","identity":"a","vector":[1,2,3,4]}""" + "\n"
            + "null\n"
            + """{"seq":20,"identity":"b","vector":[1,2,3,4]}""");
        Assert.Equal([10L, 2, 5, 6, 20], acks.Select(ack => ack.Seq));
        Assert.Equal(
            [null, ErrorCodes.InvalidRequest, ErrorCodes.InvalidRequest, ErrorCodes.InvalidRequest, null],
            acks.Select(ack => ack.Error?.Code));
        Assert.Equal([EnrolStatus.Searchable, EnrolStatus.Searchable], [acks[0].Status, acks[4].Status]);
        Assert.All(acks.Where(ack => ack.Error is not null), ack =>
        {
            Assert.Equal(EnrolStatus.Rejected, ack.Status);
            Assert.False(ack.Error!.Retryable);
        });
        Assert.Contains("Line 2", acks[1].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("field seq", acks[2].Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"seq":5,"identity":"a","vector":[1,2,3]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"seq":5,"identity":"a","vector":"AADAfwAAgD8AAIA/AACAPw=="}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"seq":5,"identity":"a","vector":[0,0,0,0]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"seq":5,"identity":"a"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"seq":5,"identity":"a","vector":[1,2,3,4],"image":"AAAA"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"seq":5,"identity":"a","image":"AAAA"}""", ErrorCodes.NoModel)]
    [InlineData("""{"seq":5,"vector":[1,2,3,4]}""", ErrorCodes.InvalidId)]
    [InlineData("""{"seq":5,"identity":"..","vector":[1,2,3,4]}""", ErrorCodes.InvalidId)]
    [InlineData("""{"seq":5,"identity":"a","imageId":"x/y","vector":[1,2,3,4]}""", ErrorCodes.InvalidId)]
    public async Task Ingest_WrongItem_IsRejectedWithItsSeq(string line, string code)
    {
        string gallery = await service.CreateGalleryAsync();
        IngestAck ack = Assert.Single(await service.IngestLinesAsync(gallery, line + "\n"));
        Assert.Equal((5L, EnrolStatus.Rejected, code), (ack.Seq, ack.Status, ack.Error!.Code));
        Assert.Equal(0, (await service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Ingest_LineOverItsLimit_IsSkippedAndTheRestGoesOn()
    {
        string gallery = await service.CreateGalleryAsync();
        string longest = Line(RunningService.MaxLineBytes);
        IReadOnlyList<IngestAck> acks = await service.IngestLinesAsync(
            gallery,
            $"{Line(100)}\n{Line(longest.Length + 1)}\n{longest}\n{Line(3 * longest.Length)}");
        Assert.Equal([1L, 2, 3, 4], acks.Select(ack => ack.Seq));
        Assert.Equal([null, ErrorCodes.TooLarge, null, ErrorCodes.TooLarge], acks.Select(ack => ack.Error?.Code));
        Assert.Equal(EnrolStatus.Duplicate, acks[2].Status);

        static string Line(int length)
        {
            const string Item = """{"identity":"a","vector":[1,2,3,4]}""";
            return Item + new string(' ', length - Item.Length);
        }
    }

    [Fact]
    public async Task Ingest_SameImageTwiceInOneBatch_IsCountedOnceAndTheFirstWins()
    {
        string gallery = await service.CreateGalleryAsync();
        StringBuilder lines = new();
        for (int i = 0; i < 50; i++)
        {
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{{\"identity\":\"p{i}\",\"imageId\":\"i\",\"vector\":[1,2,3,{i}]}}\n");
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{{\"identity\":\"p{i}\",\"imageId\":\"i\",\"vector\":[1,2,3,{i}]}}\n");
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{{\"identity\":\"p{i}\",\"imageId\":\"i\",\"vector\":[9,2,3,{i}]}}\n");
        }

        IReadOnlyList<IngestAck> acks = await service.IngestLinesAsync(gallery, lines.ToString());
        Assert.All(acks.Chunk(3), three => Assert.Equal(
            [EnrolStatus.Searchable, EnrolStatus.Duplicate, EnrolStatus.Conflict], three.Select(ack => ack.Status)));
        Assert.All(acks.Where(ack => ack.Status == EnrolStatus.Conflict), ack =>
            Assert.Equal(ErrorCodes.ImageConflict, ack.Error!.Code));
        Assert.Equal(50, (await service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Ingest_UnknownGallery_IsRefusedAsAWhole()
    {
        using HttpResponseMessage response = await service.PostAsync("/v1/galleries/nobody/images:ingest", "{}\n");
        await RunningService.ProblemAsync(response, 404, ErrorCodes.GalleryNotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n \n")]
    public async Task Ingest_NoItems_AnswersNothing(string body)
    {
        string gallery = await service.CreateGalleryAsync();
        Assert.Empty(await service.IngestLinesAsync(gallery, body));
    }

    [Fact]
    public async Task Ingest_MoreLinesThanARequestTakes_SaysFromWhichLineOnNothingWasRead()
    {
        string gallery = await service.CreateGalleryAsync();
        StringBuilder lines = new();
        for (int i = 1; i <= RunningService.MaxItemsPerRequest + 500; i++)
        {
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{{\"identity\":\"p{i % 7}\",\"vector\":[1,2,3,{i / 4096f:R}]}}\n");
        }

        IReadOnlyList<IngestAck> acks = await service.IngestLinesAsync(gallery, lines.ToString());
        Assert.Equal(RunningService.MaxItemsPerRequest + 1, acks.Count);
        Assert.Equal((long)RunningService.MaxItemsPerRequest + 1, acks[^1].Seq);
        Assert.Equal((ErrorCodes.TooLarge, true), (acks[^1].Error!.Code, acks[^1].Error!.Retryable));
        GalleryResponse described = await service.Client.GetGalleryAsync(gallery, Cancelled);
        Assert.Equal(RunningService.MaxItemsPerRequest, described.Images);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ingest_CutInTheMiddleOfALine_EnrolsWhatWasCompleteAndNotTheFragment(bool chunked)
    {
        string gallery = await service.CreateGalleryAsync();
        // The fragment is a whole item by itself: only the missing end of the body tells that it is none.
        string sent = """{"identity":"whole","vector":[1,2,3,4]}""" + "\n"
            + """{"identity":"cut","vector":[1,2,3,4]}""";
        string path = $"/v1/galleries/{Uri.EscapeDataString(gallery)}/images:ingest";
        string head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\n";
        string request = chunked
            ? $"{head}Transfer-Encoding: chunked\r\n\r\n{sent.Length:X}\r\n{sent}\r\n"
            : $"{head}Content-Length: {sent.Length + 100}\r\n\r\n{sent}";
        Task<RequestLimits> ended = service.EndOf(path);
        using (TcpClient tcp = await RawHttp.OpenAsync(service.Url, request))
        {
            await WaitForImagesAsync(gallery, 1);
            tcp.Client.Close(0);
        }

        await ended.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
        IdentityListEntry only = Assert.Single(
            (await service.Client.ListIdentitiesAsync(gallery, cancellationToken: Cancelled)).Identities);
        Assert.Equal("whole", only.Identity);
    }

    [Fact]
    public async Task Ingest_ClientThatReadsLate_LosesNoAck()
    {
        string gallery = await service.CreateGalleryAsync();
        StringBuilder body = new();
        for (int i = 1; i <= RunningService.MaxItemsPerRequest; i++)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"{{\"identity\":\"p{i}\",\"vector\":[1,2,3,{i / 4096f:R}]}}\n");
        }

        string head = $"POST /v1/galleries/{Uri.EscapeDataString(gallery)}/images:ingest HTTP/1.1\r\n"
            + $"Host: localhost\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n";
        using TcpClient tcp = new() { ReceiveBufferSize = 4096 };
        await tcp.ConnectAsync(service.Url.Host, service.Url.Port, Cancelled);
        await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body), Cancelled);
        // All of them are enrolled while nobody reads: the acks that wait hold up nothing.
        await WaitForImagesAsync(gallery, RunningService.MaxItemsPerRequest);
        (_, string answer) = await RawHttp.ReadAsync(tcp);
        Assert.Equal(RunningService.MaxItemsPerRequest, answer.Split("\"searchable\"").Length - 1);
    }

    [Fact]
    public async Task Ingest_ItsRequest_HasNoLimitOfSizeOrPaceAndOthersHave()
    {
        string gallery = await service.CreateGalleryAsync();
        string path = $"/v1/galleries/{Uri.EscapeDataString(gallery)}";
        Task<RequestLimits> ingested = service.EndOf($"{path}/images:ingest");
        Task<RequestLimits> enrolled = service.EndOf($"{path}/identities/a/images");
        const string Item = """{"identity":"a","vector":[1,2,3,4]}""";
        Assert.Single(await service.IngestLinesAsync(gallery, Item));
        using HttpResponseMessage response = await service.PostAsync(
            $"{path}/identities/a/images", """{"vector":[1,2,3,4]}""");
        response.EnsureSuccessStatusCode();

        // A slow source is no attack, and neither is a client that reads after it has sent everything: Kestrel's own
        // limits would end both after 5 seconds.
        Assert.Equal(new RequestLimits(null, null, null), await ingested);
        RequestLimits usual = await enrolled;
        Assert.True(
            usual is { BytesPerSecondIn: > 0, BytesPerSecondOut: > 0, BodyBytes: 16 * 1024 * 1024 }, $"{usual}");
    }

    [Fact]
    public async Task Ingest_StreamThatPauses_IsAnsweredItemByItem()
    {
        string gallery = await service.CreateGalleryAsync();
        string head = $"POST /v1/galleries/{Uri.EscapeDataString(gallery)}/images:ingest HTTP/1.1\r\n"
            + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        using TcpClient tcp = await RawHttp.OpenAsync(service.Url, head);
        using StreamReader reader = new(tcp.GetStream());
        for (int i = 1; i <= 3; i++)
        {
            string line = $"{{\"identity\":\"p{i}\",\"vector\":[1,2,3,{i}]}}\n";
            await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{line.Length:X}\r\n{line}\r\n"), Cancelled);
            string? ack;
            do
            {
                ack = await reader.ReadLineAsync(Cancelled);
            }
            while (ack?.StartsWith('{') == false);
            Assert.Contains($"\"seq\":{i},\"status\":\"searchable\"", ack, StringComparison.Ordinal);
        }
    }

    private static async IAsyncEnumerable<IngestItem> One(IngestItem item)
    {
        await Task.Yield();
        yield return item;
    }

    private async Task WaitForImagesAsync(string gallery, long images)
    {
        while ((await service.Client.GetGalleryAsync(gallery, Cancelled)).Images < images)
        {
            await Task.Delay(10, Cancelled);
        }
    }
}
