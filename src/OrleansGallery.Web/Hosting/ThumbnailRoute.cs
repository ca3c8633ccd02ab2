using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>The pictures that the page shows, fetched for the browser as everything else is: through the page's
/// client.</summary>
internal static class ThumbnailRoute
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/" + Links.ThumbnailPage, SendAsync)
        .WithMetadata(new PageMark())
        .ExcludeFromDescription();

    private static async Task<IResult> SendAsync(
        string gallery, string identity, string image, PageConnection connection, ClaimsPrincipal visitor,
        HttpResponse response, CancellationToken aborted)
    {
        try
        {
            using GalleryClient client = connection.ClientOf(visitor);
            ImageFile file = await client.GetThumbnailAsync(gallery, identity, image, aborted);
            // It is asked for each time, so that no browser shows what was deleted here.
            response.Headers.CacheControl = "private, no-cache";
            return TypedResults.Bytes(
                file.Bytes, file.ContentType,
                entityTag: EntityTagHeaderValue.TryParse(file.ETag, out EntityTagHeaderValue? tag) ? tag : null);
        }
        catch (GalleryApiException exception)
        {
            return Refused(response, exception);
        }
    }

    // As the API says it, so that whoever looks at a missing picture reads why, and when to come again.
    private static JsonHttpResult<Problem> Refused(HttpResponse response, GalleryApiException refusal)
    {
        int status = refusal.Status ?? StatusCodes.Status503ServiceUnavailable;
        if (refusal.RetryAfter is { } pause)
        {
            response.Headers.RetryAfter = pause.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        return TypedResults.Json(
            new Problem
            {
                Type = $"urn:gallery:{refusal.Code}",
                Title = ReasonPhrases.GetReasonPhrase(status),
                Status = status,
                Detail = refusal.Detail,
                Code = refusal.Code,
                Retryable = refusal.Retryable,
            },
            GalleryJson.Options,
            "application/problem+json",
            status);
    }
}
