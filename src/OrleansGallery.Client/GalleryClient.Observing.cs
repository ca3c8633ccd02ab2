using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>Observations: images of which nobody says whose they are.</content>
public sealed partial class GalleryClient
{
    /// <summary>How many observations of a stream are under way at once.</summary>
    public const int ObservedTogether = 8;

    private const int ObserveAttempts = 6;

    /// <summary>Has the service decide whose a vector, or the frames of a tracklet, are; searchable when this
    /// answers.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observation">The vector or the frames, and what belongs to them. Sent again under the same id, it
    /// has the same outcome.</param>
    /// <param name="cancellationToken">Ends the wait; it may be carried out all the same.</param>
    /// <returns>What became of it.</returns>
    public Task<ObservationResponse> ObserveAsync(
        string gallery, ObserveRequest observation, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<ObservationResponse>(
            ApiConnection.Path("galleries", gallery) + "/images:observe", observation, cancellationToken);

    /// <summary>Has the service decide whose an image file, or the frames of a tracklet, are.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="files">The files' bytes: one, or the frames.</param>
    /// <param name="fields">Id, facet, time, thresholds; its vectors and attributes are not sent.</param>
    /// <param name="cancellationToken">Ends the wait; it may be carried out all the same.</param>
    /// <returns>What became of it.</returns>
    public async Task<ObservationResponse> ObserveFilesAsync(
        string gallery,
        IReadOnlyList<ReadOnlyMemory<byte>> files,
        ObserveRequest? fields = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        using MultipartFormDataContent form = FormOf(files);
        AddField(form, "imageId", fields?.ImageId);
        AddField(form, "facet", fields?.Facet);
        AddField(form, "takenAt", fields?.TakenAt?.ToString("O", CultureInfo.InvariantCulture));
        AddField(form, "joinThreshold", TextOf(fields?.JoinThreshold));
        AddField(form, "foundThreshold", TextOf(fields?.FoundThreshold));
        AddField(form, "margin", TextOf(fields?.Margin));
        return await _api.SendAsync<ObservationResponse>(
            HttpMethod.Post, ApiConnection.Path("galleries", gallery) + "/images:observe", form, cancellationToken);
    }

    /// <summary>Observes a stream, also an endless one, and yields one answer per observation in their order. Those
    /// that are under way together do not know of each other; what belongs together is found all the same. What was
    /// refused as retryable is sent again a few times: an observation is decided once.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observations">The observations.</param>
    /// <param name="together">How many are under way at once, 1 or more.</param>
    /// <param name="cancellationToken">Ends the enumeration; those under way may be carried out all the same.</param>
    /// <returns>The answers; the first failure ends the enumeration, and all answers before it hold.</returns>
    public async IAsyncEnumerable<ObservationResponse> ObserveAsync(
        string gallery,
        IAsyncEnumerable<ObserveRequest> observations,
        int together = ObservedTogether,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentOutOfRangeException.ThrowIfLessThan(together, 1);
        Queue<Task<ObservationResponse>> underWay = [];
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<ObserveRequest> source = observations.GetAsyncEnumerator(ended.Token);
        Task<bool>? next = source.MoveNextAsync().AsTask();
        try
        {
            while (next is not null || underWay.Count > 0)
            {
                // Who waits for the next observation hears of those before it meanwhile.
                if (next is null || underWay.Count == together
                    || (underWay.TryPeek(out Task<ObservationResponse>? first)
                        && await Task.WhenAny(next, first) == first))
                {
                    yield return await underWay.Dequeue();
                }
                else if (await next)
                {
                    underWay.Enqueue(ObservePatientlyAsync(gallery, source.Current, cancellationToken));
                    next = source.MoveNextAsync().AsTask();
                }
                else
                {
                    next = null;
                }
            }
        }
        finally
        {
            // A source may not be disposed while it is asked.
            if (next is not null)
            {
                await ended.CancelAsync();
                await ((Task)next).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    /// <summary>What was decided of an observation, and where its images are now.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was decided.</returns>
    public Task<ObservationResponse> GetObservationAsync(
        string gallery, string observationId, CancellationToken cancellationToken = default) =>
        _api.GetAsync<ObservationResponse>(ObservationPath(gallery, observationId), cancellationToken);

    /// <summary>One page of identities that come from observations and are not confirmed.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="state">Only those of this state; null: provisional and ambiguous ones.</param>
    /// <param name="cursor">Null for the first page, else the last page's
    /// <see cref="ObservedIdentityListResponse.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    public Task<ObservedIdentityListResponse> ListObservedAsync(
        string gallery,
        IdentityState? state = null,
        string? cursor = null,
        int limit = 100,
        CancellationToken cancellationToken = default) =>
        _api.GetAsync<ObservedIdentityListResponse>(
            ApiConnection.Path("galleries", gallery, "observations") + Paging(cursor, limit)
            + (state is { } one ? $"&state={JsonNamingPolicy.CamelCase.ConvertName($"{one}")}" : string.Empty),
            cancellationToken);

    /// <summary>Says whose an observation is that was kept aside or founded a provisional identity.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <param name="into">The identity that it belongs to; null: it is somebody new.</param>
    /// <param name="cancellationToken">Ends the wait; it may be carried out all the same.</param>
    /// <returns>The identity that has its images.</returns>
    public Task<ObservedIdentity> ResolveObservationAsync(
        string gallery, string observationId, string? into, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<ObservedIdentity>(
            ObservationPath(gallery, observationId) + ":resolve",
            new ResolveObservationRequest { Into = into, IsNew = into is null }, cancellationToken);

    /// <summary>Takes an observation back: its images go, and an identity that has no others with them.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <param name="cancellationToken">Ends the wait; it may be carried out all the same.</param>
    /// <returns>What was undone.</returns>
    public Task<ObservationResponse> UndoObservationAsync(
        string gallery, string observationId, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ObservationResponse>(
            HttpMethod.Post, ObservationPath(gallery, observationId) + ":undo", content: null, cancellationToken);

    private static string ObservationPath(string gallery, string observationId) =>
        ApiConnection.Path("galleries", gallery, "observations", observationId);

    private static string? TextOf(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    private async Task<ObservationResponse> ObservePatientlyAsync(
        string gallery, ObserveRequest observation, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await ObserveAsync(gallery, observation, cancellationToken);
            }
            catch (GalleryApiException exception) when (exception.Retryable && attempt < ObserveAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), cancellationToken);
            }
        }
    }
}
