namespace OrleansGallery.Abstractions;

/// <summary>A gallery's merge suggestions: pairs of identities whose centroids are near. It is the single writer of
/// them, and of the pairs that were put aside. Key: the gallery's name.</summary>
[Alias("gallery.ISuggestionsGrain")]
public interface ISuggestionsGrain : IGrainWithStringKey
{
    /// <summary>Begins to look for pairs, for those of identities that changed since where the order is the last one's;
    /// joins a search that is under way.</summary>
    /// <param name="order">From which score on, and how many.</param>
    /// <returns>How far it is.</returns>
    /// <exception cref="GalleryNotFoundException">There is no such gallery.</exception>
    /// <exception cref="InvalidRequestException">The order is none.</exception>
    /// <exception cref="OperationConflictException">One of another order, or only of what changed where all is to be
    /// searched for, is under way.</exception>
    [Alias("Refresh")]
    Task<SuggestionRun> RefreshAsync(SuggestionOrder order);

    /// <summary>Ends a search that is under way; what was known before stays.</summary>
    /// <returns>How far it was; null: there was none.</returns>
    /// <exception cref="GalleryNotFoundException">There is no such gallery.</exception>
    [Alias("Cancel")]
    Task<SuggestionRun?> CancelAsync();

    /// <summary>The pairs, best first, as their identities are now.</summary>
    /// <param name="query">Which.</param>
    /// <returns>A page.</returns>
    /// <exception cref="GalleryNotFoundException">There is no such gallery.</exception>
    /// <exception cref="InvalidRequestException">Pairs of so low a score were not looked for.</exception>
    [Alias("List"), ResponseTimeout("00:02:00")]
    Task<SuggestionPage> ListAsync(SuggestionQuery query);

    /// <summary>Puts a pair aside, which is not the same, or takes that back; durable when it answers. It is remembered
    /// by their ids: who gets another one, by a merge, is suggested anew, and who is erased is forgotten here, too.
    /// </summary>
    /// <param name="one">An identity.</param>
    /// <param name="other">Another one.</param>
    /// <param name="isDismissed">Whether it is put aside.</param>
    /// <returns>When it is.</returns>
    /// <exception cref="GalleryNotFoundException">There is no such gallery.</exception>
    /// <exception cref="IdentityNotFoundException">One that is to be put aside is not there.</exception>
    /// <exception cref="InvalidRequestException">They are the same, or too many pairs are put aside.</exception>
    [Alias("Dismiss")]
    Task DismissAsync(string one, string other, bool isDismissed);
}
