using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>What is kept of images to be looked at. The files came from anybody: browsers are told what they are, and
/// to make nothing else of them.</summary>
internal static class PictureEndpoints
{
    private static readonly string[] Types = [.. Enum.GetValues<ImageFormat>().Select(TypeOf)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{image}/thumbnail", ThumbnailAsync).WithName("getThumbnail")
            .WithSummary("A small picture of an image, if the gallery keeps them.")
            .IsAPicture(TypeOf(ImageFormat.Jpeg));
        routes.MapGet("/{image}/original", OriginalAsync).WithName("getOriginal")
            .WithSummary("An image's file as it came, if the gallery keeps them.")
            .IsAPicture(Types);
    }

    private static void IsAPicture(this RouteHandlerBuilder route, params string[] types) => route
        .GivesFile(types)
        .WithMetadata(OperationParameter.Header(
            HeaderNames.IfNoneMatch, $"\"{ImageExamples.ImageId}\"",
            "An ETag that is known: answered 304, without a body, while it holds."))
        .Produces(StatusCodes.Status304NotModified)
        .Fails(
            ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
            ErrorCodes.PictureNotFound);

    private static async Task<IResult> ThumbnailAsync(string gallery, string identity, string image,
        HttpResponse response, IGrainFactory grains, CancellationToken aborted) =>
        Answer(response, image, "inline", await ReadAsync(grains, gallery, identity, image, false, aborted));

    private static async Task<IResult> OriginalAsync(string gallery, string identity, string image,
        HttpResponse response, IGrainFactory grains, CancellationToken aborted) =>
        Answer(response, image, "attachment", await ReadAsync(grains, gallery, identity, image, true, aborted));

    private static async Task<KeptFile> ReadAsync(IGrainFactory grains, string gallery, string identity,
        string image, bool original, CancellationToken aborted)
    {
        IdRules.Require("image id", image);
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity).WaitAsync(aborted);
        return await grain.GetPictureAsync(image, original).WaitAsync(aborted);
    }

    internal static IResult Answer(HttpResponse response, string image, string disposition, KeptFile file)
    {
        ImageFormat? format = ImageSignature.FormatOf(
            file.Bytes.AsSpan(0, Math.Min(file.Bytes.Length, ImageSignature.Length)));
        ContentDispositionHeaderValue named = new(disposition);
        named.SetHttpFileName(NameOf(image, format));
        response.Headers.ContentDisposition = named.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // It is asked for each time, so that no browser shows what was deleted here.
        response.Headers.CacheControl = "private, no-cache";
        return new WholeAnswer(TypedResults.Bytes(
            file.Bytes,
            format is { } known ? TypeOf(known) : "application/octet-stream",
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(file.Hash)}\"")));
    }

    // Whoever sends a file chooses its id, and what is an image may be a page as well: no system opens it as one by its
    // name.
    private static string NameOf(string image, ImageFormat? format)
    {
        string extension = format is null ? ".bin" : $".{ExtensionOf(format)}";
        return image.EndsWith(extension, StringComparison.OrdinalIgnoreCase)
            || (format is ImageFormat.Jpeg && image.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase))
            || (format is ImageFormat.Tiff && image.EndsWith(".tif", StringComparison.OrdinalIgnoreCase))
            ? image
            : image + extension;
    }

    private static string TypeOf(ImageFormat format) => format switch
    {
        ImageFormat.Pnm => "image/x-portable-anymap",
        _ => $"image/{ExtensionOf(format)}",
    };

    private static string ExtensionOf(ImageFormat? format) => $"{format}".ToLowerInvariant();
}
