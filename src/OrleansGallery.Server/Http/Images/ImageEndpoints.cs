using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Images of an identity: enrolled one by one, listed, read back, deleted.</summary>
internal static class ImageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("", EnrolAsync)
            .Takes<EnrolImageRequest>("application/json", "multipart/form-data")
            .Produces<EnrolImageResponse>(201).Produces<EnrolImageResponse>(200).WithName("enrolImage");
        routes.MapGet("", ListAsync).Produces<ImageListResponse>().WithName("listImages");
        routes.MapGet("/{image}", GetAsync).Produces<ImageResponse>().WithName("getImage");
        routes.MapDelete("/{image}", DeleteAsync).Produces<DeletionReceipt>().WithName("deleteImage");
    }

    private static async Task<IResult> EnrolAsync(
        string gallery,
        string identity,
        HttpRequest request,
        ItemEnroller enroller,
        IOptions<ServerOptions> options)
    {
        IngestItem item = await ItemOfAsync(identity, request, options.Value.MaxBodyBytes);
        ItemToEnrol checkedItem = ItemToEnrol.Of(item);
        Gallery found = await enroller.FindGalleryAsync(gallery);
        EnrolReceipt receipt = await enroller.EnrolAsync(found, checkedItem);
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
            : TypedResults.Created(
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
        string gallery, string identity, HttpRequest request, IGrainFactory grains)
    {
        Paging paging = Paging.Of(request);
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        ImagePage page = await grain.ListImagesAsync(paging.Cursor, paging.Limit);
        return TypedResults.Ok(new ImageListResponse { Images = [.. page.Images.Select(Respond)], Next = page.Next });
    }

    private static async Task<IResult> GetAsync(string gallery, string identity, string image, IGrainFactory grains)
    {
        IdRules.Require("image id", image);
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        return TypedResults.Ok(Respond(await grain.GetImageAsync(image)));
    }

    private static async Task<IResult> DeleteAsync(string gallery, string identity, string image, IGrainFactory grains)
    {
        IdRules.Require("image id", image);
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        return TypedResults.Ok(IdentityEndpoints.Respond(identity, await grain.RemoveImageAsync(image)));
    }

    private static ImageResponse Respond(EnrolledImage image) => new()
    {
        ImageId = image.ImageId,
        Facet = image.Facet,
        ContentHash = Convert.ToHexStringLower(image.ContentHash),
        TakenAt = image.TakenAt,
        Vector = image.Embedding?.Components.ToArray(),
    };
}
