using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Galleries: created, listed, described, verified, deleted.</summary>
internal static class GalleryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("", CreateAsync)
            .Takes<CreateGalleryRequest>("application/json").Produces<GalleryResponse>(201).WithName("createGallery");
        routes.MapGet("", ListAsync).Produces<GalleryListResponse>().WithName("listGalleries");
        routes.MapGet("/{gallery}", GetAsync).Produces<GalleryResponse>().WithName("getGallery");
        routes.MapDelete("/{gallery}", DeleteAsync).Produces<GalleryResponse>().WithName("deleteGallery");
        routes.MapPost("/{gallery}:verify", VerifyAsync)
            .Produces<VerificationResponse>().WithName("verifyGallery");
        // Without this the route above would stand for all POSTs here, and not matching it would be a 404.
        routes.MapPost("/{gallery}", RefusePost).ExcludeFromDescription();
    }

    private static StatusCodeHttpResult RefusePost(HttpResponse response)
    {
        response.Headers.Allow = "GET, DELETE";
        return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    private static async Task<IResult> CreateAsync(
        HttpRequest request, IGrainFactory grains, EmbeddingRouter router)
    {
        CreateGalleryRequest body = await JsonBody.ReadAsync<CreateGalleryRequest>(request);
        Gallery gallery = await NewGallery.OfAsync(body, router);
        Gallery created = await grains.GetGrain<IGalleryGrain>(gallery.Name).CreateAsync(gallery);
        GallerySummary summary = await grains.GetGrain<IGalleryGrain>(created.Name).DescribeAsync();
        return TypedResults.Created($"{GalleryRoutes.Prefix}/{Uri.EscapeDataString(created.Name)}", Respond(summary));
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains)
    {
        List<GalleryResponse> galleries = [];
        foreach (Gallery gallery in await grains.GetGrain<IGalleryListGrain>(0).ListAsync())
        {
            try
            {
                galleries.Add(Respond(await grains.GetGrain<IGalleryGrain>(gallery.Name).DescribeAsync()));
            }
            catch (GalleryNotFoundException)
            {
                // Deleted since the list was read.
            }
        }

        return TypedResults.Ok(new GalleryListResponse { Galleries = galleries });
    }

    private static async Task<IResult> GetAsync(string gallery, IGrainFactory grains) =>
        TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).DescribeAsync()));

    private static async Task<IResult> DeleteAsync(string gallery, IGrainFactory grains) =>
        TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).DeleteAsync()));

    private static async Task<IResult> VerifyAsync(string gallery, IGrainFactory grains, CancellationToken aborted)
    {
        VerificationReport report = await grains.GalleryGrain(gallery).VerifyAsync(aborted);
        return TypedResults.Ok(new VerificationResponse
        {
            Ok = report.Differences.Count == 0,
            Identities = report.Identities,
            Images = report.Images,
            RootHash = report.Hash,
            Differences = report.Differences,
        });
    }

    private static GalleryResponse Respond(GallerySummary summary) => new(summary.Gallery.Settings)
    {
        Name = summary.Gallery.Name,
        Dimension = summary.Gallery.Dimension,
        Partitions = summary.Gallery.Partitions,
        Identities = summary.Identities,
        Images = summary.Images,
        SearchBytes = summary.Rows * summary.Gallery.Dimension * sizeof(float),
        RootHash = summary.RootHash,
        CreatedAt = summary.Gallery.CreatedAt,
    };
}
