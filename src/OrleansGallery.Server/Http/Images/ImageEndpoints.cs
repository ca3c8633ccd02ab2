using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Images of an identity: enrolled one by one, listed, read back, deleted.</summary>
internal static class ImageEndpoints
{
    private const string IncludeVectors = "includeVectors";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("", EnrolAsync).WithName("enrolImage")
            .WithSummary("Enrols an image or an embedding; durable and searchable when it answers.")
            .Takes(ImageExamples.Enrol, RequestBodyDescription.Json, RequestBodyDescription.Multipart)
            .TakesIfMatch()
            .Repeats("It changes nothing: an image is enrolled once per identity, image id and content, and a "
                + "repetition answers 200 with the status `duplicate`.")
            .Gives(ImageExamples.Enrolled, 201).Gives(ImageExamples.Duplicate)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.ImageConflict, ErrorCodes.Erased,
                ErrorCodes.InvalidEmbedding, ErrorCodes.InvalidImage, ErrorCodes.NoModel, ErrorCodes.ModelNotFound,
                ErrorCodes.NoEmbeddingSilo, ErrorCodes.EmbeddingFailed, ErrorCodes.Overloaded, ErrorCodes.StorageFull);
        routes.MapGet("", ListAsync).WithName("listImages").WithSummary("An identity's images by id, page by page.")
            .Paged()
            .WithMetadata(OperationParameter.Query(
                IncludeVectors, JsonSchemaType.Boolean, false,
                "Whether each image comes with its stored embedding, as `getImage` answers it; a page is of at most "
                + $"{IIdentityGrain.MostEmbeddings} images then, whatever the limit. Default: false."))
            .Gives(ImageExamples.Images).Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound);
        routes.MapGet("/{image}", GetAsync).WithName("getImage").WithSummary("One image with its embedding.")
            .Gives(ImageExamples.Image)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound);
        PictureEndpoints.Map(routes);
        routes.MapDelete("/{image}", DeleteAsync).WithName("deleteImage")
            .WithSummary("Deletes one image, and answers the receipt.")
            .TakesIfMatch()
            .Repeats("It changes nothing: a repetition answers 404, because the image is gone.")
            .Gives(ImageExamples.Deleted)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.StorageFull);
    }

    private static async Task<IResult> EnrolAsync(
        string gallery,
        string identity,
        HttpRequest request,
        ItemEnroller enroller,
        IGrainFactory grains,
        IOptions<ServerOptions> options,
        CancellationToken aborted)
    {
        IngestItem item = await ItemOfAsync(identity, request, options.Value.MaxBodyBytes);
        ItemToEnrol checkedItem = ItemToEnrol.Of(item);
        Gallery found = await enroller.FindGalleryAsync(gallery).WaitAsync(aborted);
        await IdentityTag.RequireAsync(
            request, found, grains.IdentityGrain(found, checkedItem.Identity), checkedItem.Identity, aborted);
        EnrolReceipt receipt = await enroller.EnrolAsync(found, checkedItem, aborted).WaitAsync(aborted);
        request.HttpContext.Response.Headers.ETag = IdentityTag.Of(found, receipt.Version);
        EnrolImageResponse response = new()
        {
            Status = EnrolOutcomes.StatusOf(receipt.Outcome),
            Identity = checkedItem.Identity,
            ImageId = checkedItem.ImageId,
            Version = receipt.Version,
            Count = receipt.Count,
        };
        return receipt.Outcome == EnrolOutcome.Duplicate
            ? TypedResults.Ok(response)
            : JsonAnswer.Created(
                $"{request.Path.ToUriComponent()}/{Uri.EscapeDataString(response.ImageId)}", response);
    }

    private static async Task<IngestItem> ItemOfAsync(string identity, HttpRequest request, int maxBytes)
    {
        if (FormBody.Is(request))
        {
            FormBody form = await FormBody.ReadAsync(request, maxBytes);
            return new IngestItem
            {
                Identity = identity,
                Image = form.File,
                ImageId = form.Text("imageId"),
                Facet = form.Text("facet"),
                TakenAt = form.Time("takenAt"),
            };
        }

        EnrolImageRequest body = await JsonBody.ReadAsync<EnrolImageRequest>(request);
        return new IngestItem
        {
            Identity = identity,
            Vector = body.Vector ?? throw new InvalidRequestException(
                "The field vector is missing; an image is sent as multipart/form-data in the field 'file'."),
            ImageId = body.ImageId,
            Facet = body.Facet,
            TakenAt = body.TakenAt,
        };
    }

    private static async Task<IResult> ListAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        Paging paging = Paging.Of(request);
        (Gallery found, IIdentityGrain grain) = await IdentityEndpoints.FindAsync(grains, gallery, identity, aborted);
        ImagePage page = await (QueryFlag.Of(request, IncludeVectors)
            ? grain.ListEmbeddingsAsync(paging.Cursor, Math.Min(paging.Limit, IIdentityGrain.MostEmbeddings))
            : grain.ListImagesAsync(paging.Cursor, paging.Limit)).WaitAsync(aborted);
        return TypedResults.Ok(new ImageListResponse
        {
            Images = [.. page.Images.Select(image => Respond(found, image))], Next = page.Next,
        });
    }

    private static async Task<IResult> GetAsync(
        string gallery, string identity, string image, IGrainFactory grains, CancellationToken aborted)
    {
        IdRules.Require("image id", image);
        (Gallery found, IIdentityGrain grain) = await IdentityEndpoints.FindAsync(grains, gallery, identity, aborted);
        return TypedResults.Ok(Respond(found, await grain.GetImageAsync(image).WaitAsync(aborted)));
    }

    private static async Task<IResult> DeleteAsync(
        string gallery, string identity, string image, HttpRequest request, IGrainFactory grains,
        CancellationToken aborted)
    {
        IdRules.Require("image id", image);
        (Gallery found, IIdentityGrain grain) = await IdentityEndpoints.FindAsync(grains, gallery, identity, aborted);
        await IdentityTag.RequireAsync(request, found, grain, identity, aborted);
        return TypedResults.Ok(IdentityEndpoints.Respond(
            identity, await grain.RemoveImageAsync(image).WaitAsync(aborted)));
    }

    private static ImageResponse Respond(Gallery gallery, EnrolledImage image) => new()
    {
        ImageId = image.ImageId,
        Facet = image.Facet,
        ContentHash = Convert.ToHexStringLower(image.ContentHash),
        TakenAt = image.TakenAt,
        Kept = image.HasPicture ? gallery.Settings.Keep ?? PictureKeep.None : PictureKeep.None,
        Vector = image.Embedding?.Components.ToArray(),
    };
}
