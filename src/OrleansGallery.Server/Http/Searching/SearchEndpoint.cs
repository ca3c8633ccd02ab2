using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Searches, one by one or several in a request.</summary>
internal static class SearchEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/search", SearchAsync).WithName("search")
            .WithSummary("Finds the identities nearest to a vector, an image, an identity or several examples.")
            .Takes(SearchExamples.Search, RequestBodyDescription.Json, RequestBodyDescription.Multipart)
            .Gives(SearchExamples.Answer)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.InvalidEmbedding, ErrorCodes.InvalidImage, ErrorCodes.NoModel, ErrorCodes.ModelNotFound,
                ErrorCodes.NoEmbeddingSilo, ErrorCodes.EmbeddingFailed, ErrorCodes.Overloaded, ErrorCodes.Incomplete,
                ErrorCodes.Unconfirmed)
            .NeedsKey(KeyRole.Read);
        routes.MapPost("/search:batch", SearchBatchAsync).WithName("searchBatch")
            .WithSummary("Several searches in one request, each with an answer or an error of its own.")
            .Takes(SearchExamples.Batch, RequestBodyDescription.Json)
            .Gives(SearchExamples.BatchAnswer).Fails(ErrorCodes.GalleryNotFound)
            .NeedsKey(KeyRole.Read);
    }

    private static async Task<IResult> SearchAsync(
        string gallery,
        HttpRequest request,
        GallerySearch searches,
        IOptions<ServerOptions> options,
        CancellationToken aborted)
    {
        SearchRequest search = FormBody.Is(request)
            ? SearchForm.Read(await FormBody.ReadAsync(request, options.Value.MaxBodyBytes))
            : await JsonBody.ReadAsync<SearchRequest>(request);
        RequestDeadline? deadline = RequestDeadline.Of(request.HttpContext);
        Gallery found = await searches.FindGalleryAsync(gallery, deadline);
        return TypedResults.Ok(await searches.RunAsync(found, search, deadline, aborted));
    }

    // All at once: those that wait in a silo's line for the same partitions are scanned as one.
    private static async Task<IResult> SearchBatchAsync(
        string gallery, HttpRequest request, GallerySearch searches, CancellationToken aborted)
    {
        SearchBatchRequest batch = await JsonBody.ReadAsync<SearchBatchRequest>(request);
        if (batch.Queries is not { Count: >= 1 and <= SearchBatchRequest.MaxQueries } queries)
        {
            throw new InvalidRequestException(
                $"There are {batch.Queries?.Count ?? 0} queries; 1 to {SearchBatchRequest.MaxQueries} are possible.");
        }

        RequestDeadline? deadline = RequestDeadline.Of(request.HttpContext);
        Gallery found = await searches.FindGalleryAsync(gallery, deadline);
        return TypedResults.Ok(new SearchBatchResponse
        {
            Results = await Task.WhenAll(queries.Select(query => RunAsync(searches, found, query, deadline, aborted))),
        });
    }

    private static async Task<SearchBatchResult> RunAsync(
        GallerySearch searches, Gallery gallery, SearchRequest? search, RequestDeadline? deadline,
        CancellationToken aborted)
    {
        try
        {
            return new SearchBatchResult
            {
                Answer = await searches.RunAsync(
                    gallery, search ?? throw new InvalidRequestException("The query is null."), deadline, aborted),
            };
        }
#pragma warning disable CA1031 // One search's failure, of whatever kind, never fails the others.
        catch (Exception exception) when (!aborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new SearchBatchResult { Error = ErrorMapping.Of(exception).ToErrorBody() };
        }
    }
}
