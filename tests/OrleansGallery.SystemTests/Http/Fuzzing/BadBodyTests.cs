using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>
/// Every operation that takes a body, as the OpenAPI document lists them, with bodies that are none. A service of its
/// own: what is broken may still be right, and a creation with another name makes that gallery.
/// </summary>
public sealed class BadBodyTests(RunningService service) : IClassFixture<RunningService>
{
    private const int Bodies = 10_000;
    private const string Boundary = "b0undary";
    private const string Multipart = "multipart/form-data";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyOperation_BrokenBodies_AreRefusedAsDescribed()
    {
        string gallery = await FilledAsync();
        (DescribedOperation Operation, string Type, byte[] Body)[] targets = await TargetsAsync(gallery);
        ConcurrentBag<string> wrong = [];
        int refused = 0;
        await Parallel.ForAsync(0, Bodies, Cancelled, async (seed, cancelled) =>
        {
            (DescribedOperation operation, string type, byte[] body) = targets[seed % targets.Length];
            byte[] broken = new BrokenBodies(seed).Break(body);
            using HttpResponseMessage response = await SendAsync(operation, gallery, type, broken, cancelled);
            // A stream of events has no end.
            string answer = response.Content.Headers.ContentType?.MediaType == EventEndpoints.ContentType
                ? string.Empty : await response.Content.ReadAsStringAsync(cancelled);
            if (!response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref refused);
            }

            if (FaultOf(operation, response, answer) is { } fault)
            {
                wrong.Add($"seed {seed}, {operation} {type}: {fault}\n{Encoding.UTF8.GetString(broken)}\n{answer}");
            }
        });
        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong.Take(5)));
        Assert.InRange(refused, Bodies / 3, Bodies);
        // None the worse for it.
        Assert.True((await service.Client.VerifyAsync(gallery, Cancelled)).Ok);
    }

    [Fact]
    public async Task AnyOperation_BodyAboveTheLimit_IsTooLarge()
    {
        string gallery = await FilledAsync();
        foreach ((DescribedOperation operation, string type, _) in await TargetsAsync(gallery))
        {
            if (operation.Id == "ingest")
            {
                continue;
            }

            (string head, string body) = await RawHttp.SendAsync(service.Url, Head(operation, gallery, type, 1L << 40));
            Assert.StartsWith("HTTP/1.1 413", head, StringComparison.Ordinal);
            Assert.Contains($"\"code\":\"{ErrorCodes.TooLarge}\"", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnyOperation_OfAnotherMediaType_IsRefused()
    {
        string gallery = await FilledAsync();
        foreach ((DescribedOperation operation, _, byte[] body) in await TargetsAsync(gallery))
        {
            if (operation.Id != "ingest")
            {
                using HttpResponseMessage response = await SendAsync(
                    operation, gallery, "text/plain", body, Cancelled);
                await RunningService.ProblemAsync(response, 415, ErrorCodes.UnsupportedMediaType);
            }
        }
    }

    [Fact]
    public async Task AnyOperation_ConnectionCutInTheBody_ChangesNothing()
    {
        string gallery = await FilledAsync();
        string before = (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash;
        foreach ((DescribedOperation operation, string type, byte[] body) in await TargetsAsync(gallery))
        {
            Task<RequestLimits> end = service.EndOf(operation.PathFor(gallery));
            // Before the middle: one line of two that are ingested would be whole, and may be taken.
            string cut = Encoding.UTF8.GetString(body.AsSpan(0, (body.Length / 2) - 2));
            using (await RawHttp.OpenAsync(service.Url, Head(operation, gallery, type, body.Length) + cut))
            {
            }

            await end.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        }

        Assert.Equal(before, (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash);
    }

    private static string Head(DescribedOperation operation, string gallery, string type, long length) =>
        $"{operation.Method} {operation.PathFor(gallery)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + $"Content-Type: {TypeOf(type)}\r\nContent-Length: {length}\r\n\r\n";

    private static string TypeOf(string type) => type == Multipart ? $"{type}; boundary={Boundary}" : type;

    private static string? FaultOf(DescribedOperation operation, HttpResponseMessage response, string answer)
    {
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return operation.Id != "ingest" ? null : RunningService.Acks(answer)
                .Select(ack => ack.Error)
                .Where(error => error?.Code == ErrorCodes.Internal)
                .Select(error => error!.Message)
                .FirstOrDefault();
        }

        try
        {
            Problem? problem = JsonSerializer.Deserialize<Problem>(answer, GalleryJson.Options);
            return status == 500 || problem?.Code is not { } code || !operation.CanFail(status, code)
                ? $"{status} {problem?.Code} is not described"
                : null;
        }
        catch (JsonException)
        {
            return $"{status} is no problem";
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        DescribedOperation operation, string gallery, string type, byte[] body, CancellationToken cancelled)
    {
        using HttpRequestMessage request = new(new HttpMethod(operation.Method), operation.PathFor(gallery))
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(TypeOf(type));
        return await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancelled);
    }

    private async Task<(DescribedOperation Operation, string Type, byte[] Body)[]> TargetsAsync(string gallery)
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        return
        [
            .. api.Operations.SelectMany(operation => operation.Bodies.Select(body => (
                operation, body.Key, BodyOf(operation, body.Key, body.Value["example"]!.DeepClone(), gallery)))),
        ];
    }

    private static byte[] BodyOf(DescribedOperation operation, string type, JsonNode example, string gallery)
    {
        if (type == Multipart)
        {
            return
            [
                .. Encoding.UTF8.GetBytes(
                    $"--{Boundary}\r\nContent-Disposition: form-data; name=\"facet\"\r\n\r\nc3\r\n"
                    + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"),
                .. PngFile.Rgb(2, 2, new byte[12]),
                .. Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n"),
            ];
        }

        if (operation.Id == "createGallery")
        {
            // One that is there: what stays right is refused all the same.
            (example["name"], example["partitions"]) = (gallery, 1);
        }

        string text = example.ToJsonString();
        return Encoding.UTF8.GetBytes(operation.Id == "ingest" ? $"{text}\n{text}\n" : text);
    }

    private async Task<string> FilledAsync([CallerMemberName] string gallery = "")
    {
        await service.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Dimension = 4, Partitions = 4 }, Cancelled);
        foreach (string identity in new[] { "p42", "p7" })
        {
            await service.Client.EnrolAsync(
                gallery, identity, new() { Vector = [1, 0, 0, 1], ImageId = "b.jpg" }, Cancelled);
        }

        return gallery;
    }
}
