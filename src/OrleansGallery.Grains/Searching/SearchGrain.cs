using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Checks a search and hands it to the fan-out. Reentrant: it has no state of its own.</summary>
[GrainType("gallery.search"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class SearchGrain(SearchFanOut fanOut, RunningSearches running) : Grain, ISearchGrain
{
    /// <inheritdoc />
    public async Task<SearchAnswer> SearchAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        if (command.Query.Dimension != command.Dimension)
        {
            throw new InvalidEmbeddingException(
                $"The query has {command.Query.Dimension} components; the gallery's dimension is {command.Dimension}.");
        }

        try
        {
            VectorBytes query = command.IsCentroid
                ? command.Query
                : VectorBytes.From(QueryVector.Normalize(command.Query.Components));
            using (running.Add(command.Id))
            {
                return await fanOut.SearchAsync(command, query, cancellationToken);
            }
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }

    /// <inheritdoc />
    public Task<bool> IsRunningAsync(Guid search) => Task.FromResult(running.Contains(search));
}
