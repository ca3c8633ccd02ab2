using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>Sends requests and turns every failure into a <see cref="GalleryApiException"/>.</summary>
/// <param name="http">Sends.</param>
/// <param name="usualTimeout">How long an answer may take where nothing else is said.</param>
/// <param name="key">The key that requests are sent with; null: none.</param>
/// <param name="limit">How long the service is to take at most; null: as long as it likes.</param>
internal sealed class ApiConnection(
    HttpClient http, TimeSpan usualTimeout, string? key = null, TimeSpan? limit = null)
{
    // An answer that the service gives in time has its way to go.
    private static readonly TimeSpan WayBack = TimeSpan.FromSeconds(5);

    public Uri? Address => http.BaseAddress;

    /// <summary>The path of a resource: <paramref name="segments"/> escaped, one after the other.</summary>
    public static string Path(params ReadOnlySpan<string> segments)
    {
        string path = "v1";
        foreach (string segment in segments)
        {
            path += "/" + Escape(segment);
        }

        return path;
    }

    /// <summary>An id as one path segment. Dot segments would be taken away and name another resource: refused
    /// here.</summary>
    public static string Escape(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id is "" or "." or ".."
            ? throw new GalleryApiException(
                400, ErrorCodes.InvalidId, $"The id '{id}' cannot stand in a URL.", retryable: false)
            : Uri.EscapeDataString(id);
    }

    public ApiConnection WithLimit(TimeSpan atMost) => new(http, usualTimeout, key, atMost);

    public ApiConnection WithKey(string? other) => new(http, usualTimeout, other, limit);

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken, bool takesLong = false) =>
        SendAsync<T>(HttpMethod.Get, path, content: null, cancellationToken, takesLong);

    public Task<T> PostJsonAsync<T>(
        string path, object body, CancellationToken cancellationToken, bool takesLong = false) =>
        SendAsync<T>(
            HttpMethod.Post,
            path,
            JsonContent.Create(body, body.GetType(), options: GalleryJson.Options),
            cancellationToken,
            takesLong);

    public Task<ImageFile> GetFileAsync(string path, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Get,
        path,
        content: null,
        async (response, token) => new ImageFile(
            await response.Content.ReadAsByteArrayAsync(token),
            response.Content.Headers.ContentType?.MediaType ?? "application/octet-stream",
            response.Headers.ETag?.ToString()),
        cancellationToken);

    public Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken,
        bool takesLong = false,
        Action<HttpRequestHeaders>? headers = null) => SendAsync(
        method,
        path,
        content,
        async (response, token) => await response.Content.ReadFromJsonAsync<T>(GalleryJson.Options, token)
            ?? throw GalleryApiException.Broken(Address, "the answer is empty"),
        cancellationToken,
        takesLong,
        headers);

    private async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? content,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken,
        bool takesLong = false,
        Action<HttpRequestHeaders>? headers = null)
    {
        TimeSpan timeout = limit + WayBack ?? (takesLong ? Timeout.InfiniteTimeSpan : usualTimeout);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        using HttpContent? body = content;
        try
        {
            using HttpResponseMessage response = await SendWhenAllowedAsync(
                () => RequestOf(method, path, content, headers), timeout, patience.Token);
            return await read(response, patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            string what = $"no answer within {timeout.TotalSeconds:0.#} seconds";
            throw GalleryApiException.Broken(Address, what, exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw GalleryApiException.Broken(Address, exception.Message, exception);
        }
        catch (JsonException exception)
        {
            throw new GalleryApiException(
                null, ErrorCodes.Internal, $"{Address} answers no gallery JSON: {exception.Message}", false, exception);
        }
    }

    /// <summary>Sends, and returns once the headers of a success have arrived.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError
                is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw GalleryApiException.Unreachable(Address, exception);
        }
        catch (HttpRequestException exception)
        {
            throw GalleryApiException.Broken(Address, exception.GetBaseException().Message, exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ErrorOfAsync(response, cancellationToken);
        }
    }

    // A key has its requests per second; who has used them up hears when there are some again. The body is whole in
    // memory, so that it can be sent again.
    private async Task<HttpResponseMessage> SendWhenAllowedAsync(
        Func<HttpRequestMessage> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await SendAsync(request(), cancellationToken);
            }
            catch (GalleryApiException failure) when (
                failure is { Code: ErrorCodes.RateLimited, RetryAfter: { } pause }
                && (timeout == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(start) + pause < timeout))
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    private HttpRequestMessage RequestOf(
        HttpMethod method, string path, HttpContent? content, Action<HttpRequestHeaders>? headers)
    {
        HttpRequestMessage request = new(method, Limited(path)) { Content = content };
        headers?.Invoke(request.Headers);
        return request;
    }

    private string Limited(string path) => limit is not { } atMost
        ? path
        : path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?')
            + string.Create(CultureInfo.InvariantCulture, $"timeoutMs={atMost.TotalMilliseconds:0}");

    private static async Task<GalleryApiException> ErrorOfAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        Problem? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync<Problem>(GalleryJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or IOException or HttpRequestException)
        {
            // Not one of our answers, for example a proxy's page: the status has to do.
        }

        GalleryApiException error = problem?.Code is null
            ? new GalleryApiException(
                status, ErrorCodes.Internal, $"{response.RequestMessage?.RequestUri} answers {status}.", status >= 502)
            : new GalleryApiException(
                status, problem.Code, problem.Detail ?? problem.Title ?? problem.Code, problem.Retryable);
        error.RetryAfter = response.Headers.RetryAfter?.Delta;
        return error;
    }
}
