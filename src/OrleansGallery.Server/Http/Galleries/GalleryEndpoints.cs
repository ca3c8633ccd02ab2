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
        routes.MapPost("", CreateAsync).WithName("createGallery").WithSummary("Creates a gallery.")
            .Takes(GalleryExamples.Create, RequestBodyDescription.Json)
            .Repeats("With one, a gallery that is there already and is as asked for answers 200 instead of 409.")
            .Gives(GalleryExamples.Gallery, 201).Gives(GalleryExamples.Gallery)
            .Fails(
                ErrorCodes.GalleryExists, ErrorCodes.ModelNotFound, ErrorCodes.NoEmbeddingSilo, ErrorCodes.Overloaded,
                ErrorCodes.StorageFull)
            .NeedsKey(KeyRole.Admin);
        routes.MapGet("", ListAsync).WithName("listGalleries").WithSummary("Galleries by name, page by page.")
            .Paged().Gives(GalleryExamples.List);
        routes.MapGet("/{gallery}", GetAsync).WithName("getGallery")
            .WithSummary("A gallery's settings, counts and root hash.")
            .Gives(GalleryExamples.Gallery).Fails(ErrorCodes.GalleryNotFound);
        routes.MapDelete("/{gallery}", DeleteAsync).WithName("deleteGallery")
            .WithSummary("Deletes a gallery with all it holds, and answers what was deleted.")
            .Repeats("It changes nothing: a repetition answers 404, because the gallery is gone.")
            .Gives(GalleryExamples.Gallery).Fails(ErrorCodes.GalleryNotFound, ErrorCodes.StorageFull)
            .NeedsKey(KeyRole.Admin);
        routes.MapPost("/{gallery}:verify", VerifyAsync).WithName("verifyGallery")
            .WithSummary("Recomputes every sum from the stored images and compares the hashes; it may take long.")
            .Gives(GalleryExamples.Verification).Fails(ErrorCodes.GalleryNotFound);
        // Without this the route above would stand for all POSTs here, and not matching it would be a 404.
        routes.MapPost("/{gallery}", RefusePost).ExcludeFromDescription();
    }

    private static StatusCodeHttpResult RefusePost(HttpResponse response)
    {
        response.Headers.Allow = "GET, DELETE";
        return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    private static async Task<IResult> CreateAsync(
        HttpRequest request, IGrainFactory grains, EmbeddingRouter router, CancellationToken aborted)
    {
        bool isRepeatable = IdempotencyKey.IsGiven(request);
        CreateGalleryRequest body = await JsonBody.ReadAsync<CreateGalleryRequest>(request);
        Caller.RequireGallery(request.HttpContext, IdRules.Require("gallery name", body.Name));
        Gallery gallery = await NewGallery.OfAsync(body, router).WaitAsync(aborted);
        IGalleryGrain grain = grains.GetGrain<IGalleryGrain>(gallery.Name);
        Gallery created;
        try
        {
            created = await grain.CreateAsync(gallery).WaitAsync(aborted);
        }
        catch (GalleryExistsException) when (isRepeatable)
        {
            Gallery existing = await grain.GetAsync().WaitAsync(aborted);
            if (existing with { Number = 0, CreatedAt = default, Calibration = null } != gallery)
            {
                throw;
            }

            return TypedResults.Ok(Respond(await grain.DescribeAsync().WaitAsync(aborted)));
        }

        GallerySummary summary = await grain.DescribeAsync().WaitAsync(aborted);
        return JsonAnswer.Created($"{GalleryRoutes.Prefix}/{Uri.EscapeDataString(created.Name)}", Respond(summary));
    }

    // The cursor is the last page's last name: galleries that come or go meanwhile move no other off a page.
    private static async Task<IResult> ListAsync(
        HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        Paging paging = Paging.Of(request);
        string[] names =
        [
            .. (await grains.GetGrain<IGalleryListGrain>(0).ListAsync().WaitAsync(aborted))
                .Select(gallery => gallery.Name)
                .Where(name => Caller.MaySee(request.HttpContext, name))
                .Where(name => paging.Cursor is null || IdOrder.Instance.Compare(name, paging.Cursor) > 0)
                .Order(IdOrder.Instance)
                .Take(paging.Limit + 1),
        ];
        List<GalleryResponse> galleries = [];
        foreach (string name in names.Take(paging.Limit))
        {
            try
            {
                galleries.Add(Respond(
                    await grains.GetGrain<IGalleryGrain>(name).DescribeAsync().WaitAsync(aborted)));
            }
            catch (GalleryNotFoundException)
            {
                // Deleted since the list was read.
            }
        }

        return TypedResults.Ok(new GalleryListResponse
        {
            Galleries = galleries, Next = names.Length > paging.Limit ? names[paging.Limit - 1] : null,
        });
    }

    private static async Task<IResult> GetAsync(string gallery, IGrainFactory grains, CancellationToken aborted) =>
        TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).DescribeAsync().WaitAsync(aborted)));

    private static async Task<IResult> DeleteAsync(string gallery, IGrainFactory grains, CancellationToken aborted) =>
        TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).DeleteAsync().WaitAsync(aborted)));

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
        PictureBytes = summary.PictureBytes,
        Keep = summary.Gallery.Settings.Keep ?? PictureKeep.None,
        RootHash = summary.RootHash,
        Calibration = CalibrationEndpoints.Summarize(summary),
        CreatedAt = summary.Gallery.CreatedAt,
    };
}
