using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>One stream of events over as many connections as it takes.</summary>
/// <param name="api">Sends.</param>
/// <param name="path">The path of the gallery's events.</param>
/// <param name="request">Which events.</param>
internal sealed class EventReader(ApiConnection api, string path, WatchRequest request) : IDisposable
{
    // The service says every 15 seconds that it is there.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private string? _cursor = request.Cursor;
    private bool _wasOpen;
    private TimeSpan _pause = FirstPause;
    private HttpResponseMessage? _response;
    private SseParser<GalleryEvent>? _parser;
    private IAsyncEnumerator<SseItem<GalleryEvent>>? _items;

    /// <summary>The next event.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GalleryApiException">The stream is over.</exception>
    public async Task<GalleryEvent> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                GalleryEvent next = await ReadAsync(cancellationToken);
                _pause = FirstPause;
                return next;
            }
            catch (Exception exception) when (
                !cancellationToken.IsCancellationRequested && _wasOpen && MayPass(exception))
            {
                Close();
                await Task.Delay(PauseAfter(exception), cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    private static bool MayPass(Exception exception) => exception is GalleryApiException { Retryable: true }
        or IOException or HttpRequestException;

    private TimeSpan PauseAfter(Exception exception)
    {
        TimeSpan pause = exception is GalleryApiException { RetryAfter: { } asked } ? asked : _pause;
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return pause;
    }

    private async Task<GalleryEvent> ReadAsync(CancellationToken cancellationToken)
    {
        _items ??= await OpenAsync(cancellationToken);
        bool there = await _items.MoveNextAsync();
        _cursor = _parser!.LastEventId is { Length: > 0 } last ? last : _cursor;
        if (!there)
        {
            throw GalleryApiException.Broken(api.Address, "the stream of events ended");
        }

        GalleryEvent next = _items.Current.Data;
        return next is { Kind: GalleryEventKind.End, Error: { } error }
            ? throw new GalleryApiException(null, error.Code, error.Message, error.Retryable)
            : next with { Cursor = _cursor };
    }

    private async Task<IAsyncEnumerator<SseItem<GalleryEvent>>> OpenAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(request with { Cursor = _cursor }, options: GalleryJson.Options),
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        _response = await SendAsync(message, cancellationToken);
        _wasOpen = true;
        // Not disposed of itself: it is the answer's.
        PatientStream body = new(await _response.Content.ReadAsStreamAsync(cancellationToken), MaxSilence);
        _parser = SseParser.Create(
            body, (_, data) => Parse(data));
        return _parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(MaxSilence);
        try
        {
            return await api.SendAsync(message, patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GalleryApiException.Broken(
                api.Address, $"no answer within {MaxSilence.TotalSeconds:0} seconds", exception);
        }
    }

    // It would come again and again: it does not pass.
    private GalleryEvent Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize<GalleryEvent>(data, GalleryJson.Options)
                ?? throw new JsonException("An event is null.");
        }
        catch (JsonException exception)
        {
            throw new GalleryApiException(
                null, ErrorCodes.Internal,
                $"{api.Address} sends an event that this client does not know, perhaps of a later version: "
                + $"'{Encoding.UTF8.GetString(data)}'. Take a client of the service's version.",
                retryable: false, exception);
        }
    }

    // The enumerator holds nothing but the answer.
    private void Close()
    {
        _response?.Dispose();
        (_response, _parser, _items) = (null, null, null);
    }
}
