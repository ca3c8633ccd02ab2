using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Checks a search and hands it to the fan-out. Reentrant: it has no state.</summary>
[GrainType("gallery.search"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class SearchGrain(SearchFanOut fanOut) : Grain, ISearchGrain
{
    /// <inheritdoc />
    public Task<SearchAnswer> SearchAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        if (command.Query.Dimension != command.Dimension)
        {
            throw new InvalidEmbeddingException(
                $"The query has {command.Query.Dimension} components; the gallery's dimension is {command.Dimension}.");
        }

        try
        {
            VectorBytes query = VectorBytes.From(QueryVector.Normalize(command.Query.Components));
            return fanOut.SearchAsync(command, query, cancellationToken);
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }
}
