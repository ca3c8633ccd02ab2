using System.Globalization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>Pairs of identities that may be one.</content>
public sealed partial class GalleryClient
{
    private const int RefreshAttempts = 3;

    private static readonly TimeSpan RefreshPoll = TimeSpan.FromMilliseconds(500);

    /// <summary>A page of pairs that may be one, best first.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="minScore">The lowest score, not below that of the last refresh; null: that one.</param>
    /// <param name="cursor">Null for the first page, else the last page's <see cref="SuggestionsResponse.Next"/>.
    /// </param>
    /// <param name="limit">At most so many, 1 to 100.</param>
    /// <param name="dismissed">Whether to get the pairs that were put aside instead.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page, and how far a search under way is.</returns>
    public Task<SuggestionsResponse> GetSuggestionsAsync(
        string gallery, double? minScore = null, string? cursor = null, int limit = 20, bool dismissed = false,
        CancellationToken cancellationToken = default) =>
        _api.GetAsync<SuggestionsResponse>(
            ApiConnection.Path("galleries", gallery, "suggestions") + Paging(cursor, limit)
            + (minScore is { } score ? string.Create(CultureInfo.InvariantCulture, $"&minScore={score}") : string.Empty)
            + (dismissed ? "&dismissed=true" : string.Empty),
            cancellationToken, takesLong: true);

    /// <summary>Begins to search for near pairs, or joins a search under way.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="request">From which score on, and how many.</param>
    /// <param name="cancellationToken">Ends the wait for the answer, not the search.</param>
    /// <returns>How far it is.</returns>
    public Task<SuggestionRunResponse> StartSuggestionsAsync(
        string gallery, RefreshSuggestionsRequest request, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<SuggestionRunResponse>(
            SuggestionsPath(gallery, "refresh"), request, cancellationToken);

    /// <summary>Searches for near pairs and waits for the end. Where the process that searched is gone, another one is
    /// asked.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="request">From which score on, and how many.</param>
    /// <param name="onProgress">Hears now and then how far it is; null: nobody does.</param>
    /// <param name="cancellationToken">Ends the wait, not the search.</param>
    /// <returns>How it ended; a failure is in it.</returns>
    public async Task<SuggestionRunResponse> RefreshSuggestionsAsync(
        string gallery, RefreshSuggestionsRequest request, Action<SuggestionRunResponse>? onProgress = null,
        CancellationToken cancellationToken = default)
    {
        for (int attempt = 1; ; attempt++)
        {
            SuggestionRunResponse run = await StartSuggestionsAsync(gallery, request, cancellationToken);
            Guid id = run.Id;
            while (run.State == SuggestionRunState.Running && run.Id == id)
            {
                onProgress?.Invoke(run);
                await Task.Delay(RefreshPoll, cancellationToken);
                SuggestionsResponse now = await GetSuggestionsAsync(
                    gallery, limit: 1, cancellationToken: cancellationToken);
                run = now.Refresh ?? run with { Id = Guid.Empty };
            }

            if (run.Id == id || attempt == RefreshAttempts)
            {
                return run;
            }
        }
    }

    /// <summary>Ends a search for near pairs.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The pairs known before.</returns>
    public Task<SuggestionsResponse> CancelSuggestionsAsync(
        string gallery, CancellationToken cancellationToken = default) =>
        _api.SendAsync<SuggestionsResponse>(
            HttpMethod.Post, SuggestionsPath(gallery, "cancel"), content: null, cancellationToken);

    /// <summary>Puts a pair aside as not the same.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="one">The one identity.</param>
    /// <param name="other">The other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it.</returns>
    public Task<DismissSuggestionResponse> DismissSuggestionAsync(
        string gallery, string one, string other, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<DismissSuggestionResponse>(
            SuggestionsPath(gallery, "dismiss"), new DismissSuggestionRequest { One = one, Other = other },
            cancellationToken);

    /// <summary>Takes back that a pair was put aside.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="one">The one identity.</param>
    /// <param name="other">The other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it.</returns>
    public Task<DismissSuggestionResponse> RestoreSuggestionAsync(
        string gallery, string one, string other, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<DismissSuggestionResponse>(
            SuggestionsPath(gallery, "restore"), new DismissSuggestionRequest { One = one, Other = other },
            cancellationToken);

    /// <summary>How easily two identities are taken for each other.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The one identity.</param>
    /// <param name="other">The other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Both, compared.</returns>
    public Task<ConfusabilityResponse> GetConfusabilityAsync(
        string gallery, string identity, string other, CancellationToken cancellationToken = default) =>
        _api.GetAsync<ConfusabilityResponse>(
            IdentityPath(gallery, identity) + "/confusability/" + ApiConnection.Escape(other), cancellationToken,
            takesLong: true);

    private static string SuggestionsPath(string gallery, string verb) =>
        ApiConnection.Path("galleries", gallery) + "/suggestions:" + verb;
}
