using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Keys over HTTP: their life, their limits, and the trail of what was done with them.</summary>
public sealed class KeyRouteTests(KeyedService service) : IClassFixture<KeyedService>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_MadeListedUsedRevoked_IsOfNoUseAtOnceAndShownOnce()
    {
        KeyResponse made = await service.CreateAsync(KeyRole.Read, "people");
        using GalleryClient client = service.With(made.Key);
        Assert.Empty(await client.ListGalleriesAsync(Cancelled));

        KeyResponse listed = Assert.Single(
            await service.Admin.ListKeysAsync(cancellationToken: Cancelled), key => key.Id == made.Id);
        Assert.Null(listed.Key);
        Assert.Equal(["people"], listed.Galleries);
        KeyResponse revoked = await service.Admin.RevokeKeyAsync(made.Id, Cancelled);

        Assert.NotNull(revoked.RevokedAt);
        GalleryApiException refused =
            await Assert.ThrowsAsync<GalleryApiException>(() => client.ListGalleriesAsync(Cancelled));
        Assert.Equal((401, ErrorCodes.Unauthorized), (refused.Status, refused.Code));
        Assert.DoesNotContain(
            await service.Admin.ListKeysAsync(cancellationToken: Cancelled), key => key.Id == made.Id);
        Assert.Contains(
            await service.Admin.ListKeysAsync(withRevoked: true, Cancelled), key => key.Id == made.Id);
        GalleryApiException unknown = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Admin.RevokeKeyAsync("0123456789abcdef", Cancelled));
        Assert.Equal((404, ErrorCodes.KeyNotFound), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task Key_WithALimit_IsToldWhenToComeAgain_AndTheClientDoes()
    {
        KeyResponse made = await service.Admin.CreateKeyAsync(
            new CreateKeyRequest { Name = "slow", Role = KeyRole.Read, RequestsPerSecond = 1 }, Cancelled);
        using HttpRequestMessage first = Get(made.Key!);
        using HttpRequestMessage second = Get(made.Key!);

        using HttpResponseMessage taken = await service.Http.SendAsync(first, Cancelled);
        using HttpResponseMessage refused = await service.Http.SendAsync(second, Cancelled);

        Assert.Equal(200, (int)taken.StatusCode);
        Problem problem = await RunningService.ProblemAsync(refused, 429, ErrorCodes.RateLimited);
        Assert.True(problem.Retryable);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        using GalleryClient client = service.With(made.Key);
        Assert.NotNull(await client.ListGalleriesAsync(Cancelled));
    }

    [Fact]
    public async Task Writes_AndSearches_AreNotedWithTheirKeyAndWithoutIt()
    {
        await service.Admin.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "noted", Dimension = 2, Partitions = 1 }, Cancelled);
        KeyResponse key = await service.CreateAsync(KeyRole.Write, "noted");
        using GalleryClient client = service.With(key.Key);
        await client.EnrolAsync("noted", "p1", new EnrolImageRequest { Vector = [1, 0], ImageId = "a" }, Cancelled);
        await client.SearchAsync("noted", new SearchRequest { Vector = [1, 0] }, Cancelled);
        await client.GetGalleryAsync("noted", Cancelled);
        await Assert.ThrowsAsync<GalleryApiException>(() => client.DeleteGalleryAsync("noted", Cancelled));
        using GalleryClient nobody = service.With(null);
        await Assert.ThrowsAsync<GalleryApiException>(() => nobody.DeleteGalleryAsync("noted", Cancelled));
        JsonElement[] lines = await LinesAsync(key.Id, 3);

        Assert.Equal(
            ["POST /v1/galleries/{gallery}/identities/{identity}/images p1 201 -",
                "POST /v1/galleries/{gallery}/search - 200 -",
                "DELETE /v1/galleries/{gallery} - 403 forbidden"],
            lines.Select(line => string.Join(
                ' ', Text(line, "method"), Text(line, "route").TrimEnd('/'), Text(line, "subject"),
                line.GetProperty("status").GetInt32(), Text(line, "code"))));
        Assert.All(lines, line => Assert.Equal("noted", Text(line, "gallery")));
        Assert.All(lines, line => Assert.NotEqual("-", Text(line, "requestId")));
        string all = await ReadAsync();
        Assert.DoesNotContain("gk_", all, StringComparison.Ordinal);
        Assert.DoesNotContain("\"status\":401", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_AreNotedWithWhatTheyWereDoneTo()
    {
        KeyResponse admin = await service.CreateAsync(KeyRole.Admin);
        using GalleryClient client = service.With(admin.Key);
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "named", Dimension = 2, Partitions = 1 }, Cancelled);
        KeyResponse made = await client.CreateKeyAsync(
            new CreateKeyRequest { Name = "made", Role = KeyRole.Read }, Cancelled);
        string image = (await client.EnrolAsync("named", "p1", new EnrolImageRequest { Vector = [1, 0] }, Cancelled))
            .ImageId;
        await service.Admin.EnrolAsync("named", "p2", new EnrolImageRequest { Vector = [0, 1] }, Cancelled);
        OperationResponse merged =
            await client.MergeIdentityAsync("named", "p1", "p2", cancellationToken: Cancelled);
        OperationResponse undone =
            await client.UndoOperationAsync("named", merged.OperationId, cancellationToken: Cancelled);
        await client.DeleteImageAsync("named", "p1", image, Cancelled);
        await Assert.ThrowsAsync<GalleryApiException>(
            () => client.MergeIdentityAsync("named", "p1", "p3", cancellationToken: Cancelled));

        JsonElement[] lines = await LinesAsync(admin.Id, 7);

        string[] names = ["gallery", "subject", "image", "source", "target", "operation", "images"];
        Assert.Equal(
            ["named - - - - - -", $"- {made.Id} - - - - -", $"named p1 {image} - - - -",
                $"named p1 - - p2 {merged.OperationId} 1",
                $"named {merged.OperationId} - p2 p1 {undone.OperationId} 1", $"named p1 {image} - - - 1",
                "named p1 - - p3 - -"],
            lines.Select(line => string.Join(' ', names.Select(
                name => line.TryGetProperty(name, out JsonElement value) ? $"{value}" : "-"))));
    }

    [Fact]
    public async Task Ingest_WhoseKeyIsRevokedMeanwhile_EndsWithAnAck_AndIsNotedFromItsBeginning()
    {
        await service.Admin.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "stream", Dimension = 4, Partitions = 1 }, Cancelled);
        KeyResponse key = await service.CreateAsync(KeyRole.Write, "stream");
        string head = "POST /v1/galleries/stream/images:ingest HTTP/1.1\r\nHost: localhost\r\n"
            + $"X-Api-Key: {key.Key}\r\nTransfer-Encoding: chunked\r\n\r\n";
        using (TcpClient tcp = await RawHttp.OpenAsync(service.Url, head))
        {
            using StreamReader reader = new(tcp.GetStream());
            Assert.Contains("searchable", await AckOfAsync(tcp, reader, "a"), StringComparison.Ordinal);
            await LinesAsync(key.Id, 1);
            await service.Admin.RevokeKeyAsync(key.Id, Cancelled);

            string refused = await AckOfAsync(tcp, reader, "b");

            Assert.Contains("\"code\":\"unauthorized\"", refused, StringComparison.Ordinal);
            Assert.Contains("was revoked or is over", refused, StringComparison.Ordinal);
        }

        JsonElement[] lines = await LinesAsync(key.Id, 2);
        Assert.Equal(Text(lines[0], "requestId"), Text(lines[1], "requestId"));
        Assert.False(lines[0].TryGetProperty("status", out _));
        Assert.Equal(
            (1, 1), (lines[1].GetProperty("accepted").GetInt32(), lines[1].GetProperty("rejected").GetInt32()));
        Assert.Equal(1, (await service.Admin.GetGalleryAsync("stream", Cancelled)).Images);
    }

    private static async Task<string> AckOfAsync(TcpClient tcp, StreamReader reader, string identity)
    {
        string line = $"{{\"identity\":\"{identity}\",\"vector\":[1,2,3,4]}}\n";
        await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{line.Length:X}\r\n{line}\r\n"), Cancelled);
        while (true)
        {
            string ack = Assert.IsType<string>(await reader.ReadLineAsync(Cancelled));
            if (ack.StartsWith('{'))
            {
                return ack;
            }
        }
    }

    private static HttpRequestMessage Get(string key)
    {
        HttpRequestMessage request = new(HttpMethod.Get, "/v1/galleries");
        request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        return request;
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "-";

    // A request is answered before its line is written.
    private async Task<JsonElement[]> LinesAsync(string key, int count)
    {
        while (true)
        {
            JsonElement[] lines =
            [
                .. (await ReadAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                    .Where(line => Text(line, "keyId") == key),
            ];
            if (lines.Length >= count)
            {
                return lines;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancelled);
        }
    }

    private async Task<string> ReadAsync()
    {
        await using FileStream file =
            new(service.AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        string text = await reader.ReadToEndAsync(Cancelled);
        int end = text.LastIndexOf('\n');
        return text[..(end + 1)];
    }
}
