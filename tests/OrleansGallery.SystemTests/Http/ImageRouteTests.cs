using System.Net;
using System.Security.Cryptography;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

public sealed class ImageRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrol_Vector_IsReadBackBitForBit()
    {
        string gallery = await service.CreateGalleryAsync();
        float[] vector = [0.1f, -0f, 1f / 3, 1e-30f];
        DateTimeOffset taken = new(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(2));
        EnrolImageResponse enrolled = await service.Client.EnrolAsync(
            gallery, "a", new() { Vector = vector, Facet = "c3", TakenAt = taken }, Cancelled);
        byte[] bytes = [.. vector.SelectMany(BitConverter.GetBytes)];
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal((EnrolStatus.Searchable, hash, 1), (enrolled.Status, enrolled.ImageId, enrolled.Count));
        ImageResponse image = await service.Client.GetImageAsync(gallery, "a", hash, Cancelled);
        Assert.Equal((hash, "c3"), (image.ContentHash, image.Facet));
        Assert.Equal(taken, image.TakenAt);
        Assert.Equal(bytes, image.Vector!.SelectMany(BitConverter.GetBytes));
        ImageListResponse list = await service.Client.ListImagesAsync(gallery, "a", cancellationToken: Cancelled);
        Assert.Equal(image with { Vector = null }, Assert.Single(list.Images));
    }

    [Fact]
    public async Task Enrol_SameContentTwice_IsADuplicateAndOtherContentAConflict()
    {
        string gallery = await service.CreateGalleryAsync();
        EnrolImageRequest image = new() { Vector = [1, 2, 3, 4], ImageId = "i" };
        EnrolImageResponse first = await service.Client.EnrolAsync(gallery, "a", image, Cancelled);
        EnrolImageResponse second = await service.Client.EnrolAsync(gallery, "a", image, Cancelled);
        Assert.Equal(first with { Status = EnrolStatus.Duplicate }, second);
        GalleryApiException conflict = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.EnrolAsync(gallery, "a", image with { Vector = [1, 2, 3, 5] }, Cancelled));
        Assert.Equal((409, ErrorCodes.ImageConflict, false), (conflict.Status, conflict.Code, conflict.Retryable));
        Assert.Equal(1, (await service.Client.GetIdentityAsync(gallery, "a", Cancelled)).Count);
    }

    [Theory]
    [InlineData("""{"vector":[1,2,3]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"vector":[]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"vector":[0,0,0,0]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"vector":[1,2,3,5000]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"vector":"AADAfwAAgD8AAIA/AACAPw=="}""", ErrorCodes.InvalidEmbedding)] // NaN, 1, 1, 1
    [InlineData("""{"vector":"AACAfwAAgD8AAIA/AACAPw=="}""", ErrorCodes.InvalidEmbedding)] // infinity, 1, 1, 1
    [InlineData("""{"vector":[1,2,3,4],"imageId":".."}""", ErrorCodes.InvalidId)]
    [InlineData("""{"vector":[1,2,3,4],"imageId":""}""", ErrorCodes.InvalidId)]
    [InlineData("""{"vector":[1,2,3,4],"facet":"a/b"}""", ErrorCodes.InvalidId)]
    [InlineData("""{"vector":[1,2,3,4],"takenAt":"yesterday"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{}""", ErrorCodes.InvalidRequest)]
    public async Task Enrol_WrongRequest_IsRefusedAndChangesNothing(string body, string code)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a/images", body);
        await RunningService.ProblemAsync(response, RunningService.RefusalOf(code), code);
        Assert.Equal(0, (await service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Delete_OneOfTwoImages_LeavesTheOther()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.Client.EnrolAsync(gallery, "a", new() { Vector = [1, 0, 0, 0], ImageId = "x" }, Cancelled);
        string alone = (await service.Client.GetIdentityAsync(gallery, "a", Cancelled)).Hash;
        await service.Client.EnrolAsync(gallery, "a", new() { Vector = [0, 1, 0, 0], ImageId = "y" }, Cancelled);
        DeletionReceipt receipt = await service.Client.DeleteImageAsync(gallery, "a", "y", Cancelled);
        Assert.Equal(1, receipt.ImagesRemoved);
        Assert.Equal(alone, (await service.Client.GetIdentityAsync(gallery, "a", Cancelled)).Hash);
        GalleryApiException gone = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.GetImageAsync(gallery, "a", "y", Cancelled));
        Assert.Equal((404, ErrorCodes.ImageNotFound), (gone.Status, gone.Code));
    }

    [Fact]
    public async Task Enrol_ImageFile_IsEmbeddedAndFoundByItself()
    {
        string gallery = await service.CreateGalleryAsync(new() { Model = "default" });
        byte[] red = Picture(220, 30, 20);
        byte[] blue = Picture(10, 40, 230);
        EnrolImageResponse enrolled = await service.Client.EnrolFileAsync(
            gallery, "red", red, new() { Facet = "c1", TakenAt = DateTimeOffset.UnixEpoch }, Cancelled);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(red)), enrolled.ImageId);
        await service.Client.EnrolFileAsync(gallery, "blue", blue, cancellationToken: Cancelled);
        SearchResponse found = await service.Client.SearchFileAsync(gallery, red, new() { Top = 1 }, Cancelled);
        Assert.Equal("red", Assert.Single(found.Matches).Identity);
        ImageResponse image = await service.Client.GetImageAsync(gallery, "red", enrolled.ImageId, Cancelled);
        GalleryResponse described = await service.Client.GetGalleryAsync(gallery, Cancelled);
        Assert.Equal(described.Dimension, image.Vector!.Length);
        Assert.Equal(("c1", (DateTimeOffset?)DateTimeOffset.UnixEpoch), (image.Facet, image.TakenAt));
        SearchResponse stored = await service.Client.SearchAsync(
            gallery, new() { IdentityId = "red", ImageId = enrolled.ImageId }, Cancelled);
        Assert.Equal("red", stored.Matches[0].Identity);
    }

    [Fact]
    public async Task Enrol_FileThatIsNoImage_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync(new() { Model = "default" });
        byte[] cut = Picture(1, 2, 3)[..60];
        foreach (byte[] file in new byte[][] { [], [1, 2, 3], "hello, world"u8.ToArray(), cut })
        {
            GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
                () => service.Client.EnrolFileAsync(gallery, "a", file, cancellationToken: Cancelled));
            Assert.Equal((422, ErrorCodes.InvalidImage), (exception.Status, exception.Code));
        }
    }

    [Fact]
    public async Task Enrol_ImageIntoAGalleryWithoutModel_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.EnrolFileAsync(gallery, "a", Picture(1, 2, 3), cancellationToken: Cancelled));
        Assert.Equal((422, ErrorCodes.NoModel), (exception.Status, exception.Code));
    }

    [Theory]
    [InlineData("other", 400)]
    [InlineData(null, 400)]
    public async Task Enrol_MultipartWithoutFile_IsRefused(string? field, int status)
    {
        string gallery = await service.CreateGalleryAsync();
        using MultipartFormDataContent form = new() { { new StringContent("c1"), "facet" } };
        if (field is not null)
        {
            form.Add(new ByteArrayContent([1]), field, "x.png");
        }

        using HttpResponseMessage response = await service.Http.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a/images", form, Cancelled);
        await RunningService.ProblemAsync(response, status, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Enrol_BodyOverTheLimit_IsTooLarge()
    {
        string gallery = await service.CreateGalleryAsync();
        byte[] file = new byte[17 * 1024 * 1024];
        using MultipartFormDataContent form = new() { { new ByteArrayContent(file), "file", "x" } };
        using HttpRequestMessage request = new(
            HttpMethod.Post, $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a/images") { Content = form };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await RunningService.ProblemAsync(response, 413, ErrorCodes.TooLarge);
    }

    private static byte[] Picture(byte red, byte green, byte blue)
    {
        byte[] rgb = new byte[40 * 30 * 3];
        for (int i = 0; i < rgb.Length; i += 3)
        {
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (red, green, (byte)(blue ^ (i / 3 % 40)));
        }

        return PngFile.Rgb(40, 30, rgb);
    }
}
