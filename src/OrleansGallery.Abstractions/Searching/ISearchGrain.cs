namespace OrleansGallery.Abstractions;

/// <summary>
/// Searches a gallery: asks every gallery silo once, merges the answers. Stateless; any key will do, and another key
/// may lead a client through another gateway.
/// </summary>
[Alias("gallery.ISearchGrain")]
public interface ISearchGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Runs one search. A missing partition is asked again until the deadline; then the answer is partial.
    /// </summary>
    /// <param name="command">The search.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The exact answer over the partitions that answered.</returns>
    /// <exception cref="InvalidEmbeddingException">The query is refused.</exception>
    /// <exception cref="GalleryNotFoundException">The gallery was deleted.</exception>
    [Alias("Search")]
    Task<SearchAnswer> SearchAsync(SearchCommand command, CancellationToken cancellationToken);

    /// <summary>Whether a search is still under way where this is asked; one that was lost is not.</summary>
    /// <param name="search">Its <see cref="SearchCommand.Id"/>.</param>
    /// <returns>False: it has been answered, or never came here.</returns>
    [Alias("IsRunning")]
    Task<bool> IsRunningAsync(Guid search);
}
