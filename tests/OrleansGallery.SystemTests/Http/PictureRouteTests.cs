using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Models;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>What is kept of images, over HTTP.</summary>
public sealed class PictureRouteTests(RunningService service)
{
    private static readonly byte[] File = PngFile.Rgb(400, 300, FormulaPixels.Rgb(400, 300));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_WithoutAWord_KeepsThumbnailsOfImagesAndNothingOfVectors()
    {
        string images = await CreateAsync(keep: null);
        string vectors = await service.CreateGalleryAsync();

        Assert.Equal(PictureKeep.Thumbnail, (await service.Client.GetGalleryAsync(images, Cancelled)).Keep);
        Assert.Equal(PictureKeep.None, (await service.Client.GetGalleryAsync(vectors, Cancelled)).Keep);
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(() =>
            service.CreateGalleryAsync(new CreateGalleryRequest { Dimension = 4, Keep = PictureKeep.Original }));
        Assert.Equal(ErrorCodes.InvalidRequest, refused.Code);
        Assert.Contains("keep is original", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_GalleryOfOriginals_GivesBothFilesAndCountsThem()
    {
        string gallery = await CreateAsync(PictureKeep.Original);
        await EnrolAsync(gallery, "a");
        await EnrolAsync(gallery, "a", "other");

        ImageFile thumbnail = await service.Client.GetThumbnailAsync(gallery, "a", "i", Cancelled);
        ImageFile original = await service.Client.GetOriginalAsync(gallery, "a", "i", Cancelled);

        Assert.Equal(File, original.Bytes.ToArray());
        Assert.Equal(
            ("image/png", $"\"{Convert.ToHexStringLower(SHA256.HashData(File))}\""),
            (original.ContentType, original.ETag));
        PixelImage small = ImageDecoders.Create(new ImagingOptions()).Decode(thumbnail.Bytes);
        Assert.Equal(("image/jpeg", 256, 192), (thumbnail.ContentType, small.Width, small.Height));
        Assert.Equal(
            PictureKeep.Original, (await service.Client.GetImageAsync(gallery, "a", "i", Cancelled)).Kept);
        long each = File.Length + thumbnail.Bytes.Length;
        Assert.Equal(2 * each, (await service.Client.GetGalleryAsync(gallery, Cancelled)).PictureBytes);
        Assert.True((await service.Client.VerifyAsync(gallery, Cancelled)).Ok);
        await service.Client.DeleteImageAsync(gallery, "a", "i", Cancelled);
        Assert.Equal(each, (await service.Client.GetGalleryAsync(gallery, Cancelled)).PictureBytes);
    }

    [Fact]
    public async Task Get_Thumbnail_TellsBrowsersToTakeItForNothingElse()
    {
        string gallery = await CreateAsync(PictureKeep.Thumbnail);
        string id = "<script>alert(1)<\\script>\"; x=";
        await EnrolAsync(gallery, "a", id);
        string path = Path(gallery, "a", id, "thumbnail");
        using HttpResponseMessage response = await service.Http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            "default-src 'none'; sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        ContentDispositionHeaderValue disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal("inline", disposition.DispositionType);
        Assert.Equal($"{id}.jpeg", disposition.FileNameStar);
        using HttpRequestMessage again = new(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage known = await service.Http.SendAsync(again, Cancelled);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Empty(await known.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("invoice.html", "invoice.html.png")]
    [InlineData("a.PNG", "a.PNG")]
    [InlineData("a.jpg", "a.jpg.png")]
    [InlineData("png", "png.png")]
    public async Task Get_Original_HasTheExtensionOfWhatItIs(string id, string name)
    {
        string gallery = await CreateAsync(PictureKeep.Original);
        await EnrolAsync(gallery, "a", id);

        using HttpResponseMessage response = await service.Http.GetAsync(
            Path(gallery, "a", id, "original"), Cancelled);

        Assert.Equal(
            ("attachment", name),
            (response.Content.Headers.ContentDisposition?.DispositionType,
                response.Content.Headers.ContentDisposition?.FileNameStar));
    }

    [Theory]
    [InlineData("a", "vector", "thumbnail", ErrorCodes.PictureNotFound)]
    [InlineData("a", "i", "original", ErrorCodes.PictureNotFound)]
    [InlineData("a", "none", "thumbnail", ErrorCodes.ImageNotFound)]
    [InlineData("nobody", "i", "thumbnail", ErrorCodes.ImageNotFound)]
    public async Task Get_WhatIsNotKept_SaysWhatIsMissing(string identity, string image, string kind, string code)
    {
        string gallery = await CreateAsync(PictureKeep.Thumbnail);
        await EnrolAsync(gallery, "a");
        float[] vector = new float[DefaultModelDimension];
        vector[0] = 1;
        await service.Client.EnrolAsync(gallery, "a", new() { Vector = vector, ImageId = "vector" }, Cancelled);

        using HttpResponseMessage response = await service.Http.GetAsync(
            Path(gallery, identity, image, kind), Cancelled);

        await RunningService.ProblemAsync(response, 404, code);
        Assert.Equal(
            [PictureKeep.Thumbnail, PictureKeep.None],
            (await service.Client.ListImagesAsync(gallery, "a", cancellationToken: Cancelled))
                .Images.Select(one => one.Kept));
    }

    [Fact]
    public async Task Enrol_OriginalThatIsTooLarge_IsRefusedByBothRoutesAndKeptAsAThumbnail()
    {
        byte[] large = BmpFile.Rgb(1100, 1000, new byte[1100 * 1000 * 3]);
        string originals = await CreateAsync(PictureKeep.Original);
        string thumbnails = await CreateAsync(PictureKeep.Thumbnail);

        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.EnrolFileAsync(originals, "a", large, null, Cancelled));
        IngestAck ack = await service.Client.IngestAsync(
            originals, new[] { new IngestItem { Identity = "a", Image = large } }.ToAsyncEnumerable(),
            cancellationToken: Cancelled).SingleAsync(Cancelled);

        Assert.Equal((413, ErrorCodes.TooLarge, false), (refused.Status, refused.Code, refused.Retryable));
        Assert.Contains("3145728", refused.Detail, StringComparison.Ordinal);
        Assert.Equal((EnrolStatus.Rejected, ErrorCodes.TooLarge), (ack.Status, ack.Error!.Code));
        EnrolImageResponse kept = await service.Client.EnrolFileAsync(thumbnails, "a", large, null, Cancelled);
        Assert.InRange(
            (await service.Client.GetThumbnailAsync(thumbnails, "a", kept.ImageId, Cancelled)).Bytes.Length, 1, 20_000);
    }

    private const int DefaultModelDimension = 512;

    private static string Path(string gallery, string identity, string image, string kind) =>
        $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/{identity}/images/{Uri.EscapeDataString(image)}/"
        + kind;

    private Task<string> CreateAsync(PictureKeep? keep) =>
        service.CreateGalleryAsync(new CreateGalleryRequest { Model = ModelStore.DefaultName, Keep = keep });

    private Task<EnrolImageResponse> EnrolAsync(string gallery, string identity, string image = "i") =>
        service.Client.EnrolFileAsync(gallery, identity, File, new() { ImageId = image }, Cancelled);
}
