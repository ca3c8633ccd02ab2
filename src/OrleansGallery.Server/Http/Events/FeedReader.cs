using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>Checks what somebody wants to hear of a gallery, and begins the feed.</summary>
internal sealed class FeedReader(
    IGrainFactory grains, QueryReader queries, TimeProvider time, ServerInstruments instruments)
{
    /// <summary>Begins a feed.</summary>
    /// <param name="gallery">The gallery's name.</param>
    /// <param name="request">What is to be told.</param>
    /// <param name="aborted">Nobody waits any more.</param>
    /// <returns>The feed: everything that changes after this has returned is told.</returns>
    public async Task<GalleryFeed> BeginAsync(string gallery, WatchRequest request, CancellationToken aborted)
    {
        Gallery found = await grains.GalleryGrain(gallery).GetAsync().WaitAsync(aborted);
        ChangesFilter filter = await FilterOfAsync(found, request, aborted);
        FeedCursor cursor = request.Cursor switch
        {
            null or "" => FeedCursor.Now(found),
            WatchRequest.Start => FeedCursor.Start(found),
            string text => FeedCursor.Parse(found, text, GalleryFeed.PartitionsOf(found, filter)),
        };
        GalleryFeed feed = new(grains, found, filter, cursor, time, instruments);
        await feed.BeginAsync(aborted);
        return feed;
    }

    private async Task<ChangesFilter> FilterOfAsync(Gallery gallery, WatchRequest request, CancellationToken aborted)
    {
        ChangesFilter filter = new()
        {
            IdentityId = request.Identity is { } id ? IdRules.Require("identity id", id) : null,
            Prefix = request.Prefix is { Length: > 0 } prefix ? IdRules.Require("prefix", prefix) : null,
            FoundedOnly = request.Founded,
            Attributes = FilterReader.Of(request.Filter),
        };
        if (request.Query is not { } query)
        {
            return request.MinScore is null ? filter : throw new InvalidRequestException(
                "minScore is given without a query; a standing search takes both.");
        }

        RequireExamplesOnly(query);
        double? least = request.MinScore ?? gallery.Threshold;
        if (least is not (>= -1 and <= 1))
        {
            throw new InvalidRequestException(least is null
                ? "minScore is missing, and the gallery has no threshold to stand for it; -1 to 1 are possible."
                : string.Create(CultureInfo.InvariantCulture, $"minScore is {least}; -1 to 1 are possible."));
        }

        VectorBytes vector = await queries.OfAsync(gallery, QueryExamples.Of(query), aborted);
        try
        {
            return filter with
            {
                Query = VectorBytes.From(QueryVector.Normalize(vector.Components)), MinScore = least.Value,
            };
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }

    private static void RequireExamplesOnly(SearchRequest query)
    {
        SearchRequest examples = new()
        {
            Vector = query.Vector,
            ImageId = query.ImageId,
            IdentityId = query.IdentityId,
            Positives = query.Positives,
            Negatives = query.Negatives,
            NegativeWeight = query.NegativeWeight,
        };
        if (query != examples)
        {
            throw new InvalidRequestException(
                "A standing search's query is made of vector, imageId, identityId, positives, negatives and "
                + "negativeWeight; minScore and filter stand beside it, and nothing else is possible.");
        }
    }
}
