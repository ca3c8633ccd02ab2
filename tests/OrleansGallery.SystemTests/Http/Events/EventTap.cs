using System.Net.ServerSentEvents;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>One stream of events as any client of server-sent events reads it. Once it is open, what changes is
/// told.</summary>
internal sealed class EventTap : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly SseParser<GalleryEvent> _parser;
    private readonly IAsyncEnumerator<SseItem<GalleryEvent>> _items;

    private EventTap(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(
            body, (_, data) => JsonSerializer.Deserialize<GalleryEvent>(data, GalleryJson.Options)!);
        _items = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>The id of the last event that had one.</summary>
    public string Position => _parser.LastEventId;

    /// <summary>Opens a stream.</summary>
    public static async Task<EventTap> OpenAsync(
        HttpClient http, string gallery, string query = "", string? last = null)
    {
        HttpResponseMessage response = await AskAsync(http, gallery, query, last);
        Assert.True(
            response.IsSuccessStatusCode,
            response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventTap(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Asks for a stream.</summary>
    public static Task<HttpResponseMessage> AskAsync(
        HttpClient http, string gallery, string query = "", string? last = null)
    {
        HttpRequestMessage request = new(
            HttpMethod.Get, $"/v1/galleries/{Uri.EscapeDataString(gallery)}/events{query}");
        if (last is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        }

        return http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The next event.</summary>
    /// <returns>Null: the stream has ended.</returns>
    public async Task<GalleryEvent?> TryNextAsync() =>
        await _items.MoveNextAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken)
            ? _items.Current.Data
            : null;

    /// <summary>The next event.</summary>
    public async Task<GalleryEvent> NextAsync() =>
        await TryNextAsync() ?? throw new InvalidOperationException("The stream has ended.");

    /// <summary>The next events.</summary>
    public async Task<IReadOnlyList<GalleryEvent>> NextAsync(int count)
    {
        List<GalleryEvent> events = [];
        while (events.Count < count)
        {
            events.Add(await NextAsync());
        }

        return events;
    }

    public void Dispose() => _response.Dispose();
}
