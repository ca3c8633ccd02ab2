using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>A search that was sent one way.</summary>
/// <param name="Key">The grain's key.</param>
/// <param name="Searcher">The grain.</param>
/// <param name="Id">The search's id.</param>
/// <param name="Answer">Its answer.</param>
internal sealed record SearchAttempt(int Key, ISearchGrain Searcher, Guid Id, Task<SearchAnswer> Answer);
