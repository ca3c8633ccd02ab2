using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Client;

/// <summary>Stands for the service: reads each request and lets the test answer it.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private int _requests;

    /// <summary>Answers a batch, given the request's number (from 1) and its items.</summary>
    public required Func<int, IReadOnlyList<IngestItem>, Task<HttpResponseMessage>> Answer { get; init; }

    /// <summary>The batches in the order in which they came.</summary>
    public List<IReadOnlyList<IngestItem>> Batches { get; } = [];

    public GalleryClient Client() => new(new HttpClient(this) { BaseAddress = new Uri("http://gallery.test/") });

    public static FakeService EnrollingAll() =>
        new() { Answer = (_, items) => Task.FromResult(Acks(Enrolled(items))) };

    public static HttpResponseMessage Acks(IEnumerable<IngestAck> acks, bool breaksOff = false) =>
        new(HttpStatusCode.OK)
        {
            Content = new StreamContent(breaksOff ? new BreakingStream(Lines(acks)) : new MemoryStream(Lines(acks))),
        };

    public static HttpResponseMessage Problem(int status, string code, bool retryable) => new((HttpStatusCode)status)
    {
        Content = new StringContent(
            JsonSerializer.Serialize(
                new Problem { Status = status, Code = code, Detail = $"It is {code}.", Retryable = retryable },
                GalleryJson.Options),
            MediaTypeHeaderValue.Parse("application/problem+json")),
    };

    public static IEnumerable<IngestAck> Enrolled(IEnumerable<IngestItem> items) => items.Select(item => new IngestAck
    {
        Seq = item.Seq!.Value,
        Status = EnrolStatus.Searchable,
        Identity = item.Identity,
        ImageId = item.ImageId,
        Version = 1,
        Count = 1,
    });

    public static IngestAck Rejected(IngestItem item, bool retryable) => new()
    {
        Seq = item.Seq!.Value,
        Status = EnrolStatus.Rejected,
        Identity = item.Identity,
        ImageId = item.ImageId,
        Error = new ErrorBody { Code = ErrorCodes.Retry, Message = "Not now.", Retryable = retryable },
    };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await request.Content!.ReadAsStringAsync(cancellationToken);
        List<IngestItem> items =
        [
            .. body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<IngestItem>(line, GalleryJson.Options)!),
        ];
        int number;
        lock (_lock)
        {
            Batches.Add(items);
            number = ++_requests;
        }

        return await Answer(number, items).WaitAsync(cancellationToken);
    }

    private static byte[] Lines(IEnumerable<IngestAck> acks) => Encoding.UTF8.GetBytes(
        string.Concat(acks.Select(ack => JsonSerializer.Serialize(ack, GalleryJson.Options) + "\n")));

    /// <summary>Ends as a connection does that breaks in the middle of a line.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The connection was reset.");
        }
    }
}
