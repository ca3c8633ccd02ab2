using System.Net;
using System.Net.Http.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class GalleryRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_NewName_IsCreatedAndDescribedAndListed()
    {
        using HttpResponseMessage response = await service.PostAsync(
            "/v1/galleries", """{"name":"people 🦊","dimension":8,"partitions":3,"threshold":0.5,"margin":0.1}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/v1/galleries/people%20%F0%9F%A6%8A", response.Headers.Location?.OriginalString);
        GalleryResponse? created = await response.Content.ReadFromJsonAsync<GalleryResponse>(
            GalleryJson.Options, Cancelled);
        GalleryResponse got = await service.Client.GetGalleryAsync("people 🦊", Cancelled);
        Assert.Equal(created, got);
        Assert.Equal((8, 3, 0.5, 0.1), (got.Dimension, got.Partitions, got.Threshold, got.Margin));
        Assert.Equal((0, 0), (got.Identities, got.Images));
        Assert.Equal(new string('0', 64), got.RootHash);
        Assert.Contains(got, await service.Client.ListGalleriesAsync(Cancelled));
    }

    [Fact]
    public async Task Create_SameNameTwice_IsAConflict()
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.PostAsync(
            "/v1/galleries", $$"""{"name":"{{gallery}}","dimension":8}""");
        Assert.False((await RunningService.ProblemAsync(response, 409, ErrorCodes.GalleryExists)).Retryable);
    }

    [Theory]
    [InlineData("""{"dimension":8}""", ErrorCodes.InvalidId)]
    [InlineData("""{"name":"","dimension":8}""", ErrorCodes.InvalidId)]
    [InlineData("""{"name":"..","dimension":8}""", ErrorCodes.InvalidId)]
    [InlineData("""{"name":"a/b","dimension":8}""", ErrorCodes.InvalidId)]
    [InlineData("""{"name":"a\u0000b","dimension":8}""", ErrorCodes.InvalidId)]
    [InlineData("""{"name":"neither"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"d","dimension":0}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"d","dimension":2000000000}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"p","dimension":8,"partitions":0}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"p","dimension":8,"partitions":2000000000}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"t","dimension":8,"threshold":1.5}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"m","dimension":8,"margin":-1}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"name":"m","model":"no-such-model"}""", ErrorCodes.ModelNotFound)]
    [InlineData("""{"name":"t","dimension":8,"transparency":null}""", ErrorCodes.InvalidRequest)]
    [InlineData("null", ErrorCodes.InvalidRequest)]
    [InlineData("[]", ErrorCodes.InvalidRequest)]
    [InlineData("", ErrorCodes.InvalidRequest)]
    public async Task Create_WrongRequest_IsRefused(string body, string code)
    {
        using HttpResponseMessage response = await service.PostAsync("/v1/galleries", body);
        await RunningService.ProblemAsync(response, RunningService.RefusalOf(code), code);
    }

    [Theory]
    [InlineData("white")]
    [InlineData("drop")]
    [InlineData("#00fF7a")]
    public async Task Create_Transparency_IsKeptAndShown(string transparency)
    {
        string gallery = await service.CreateGalleryAsync(new() { Dimension = 4, Transparency = transparency });
        Assert.Equal(transparency, (await service.Client.GetGalleryAsync(gallery, Cancelled)).Transparency);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("whitish")]
    [InlineData("#00ff7")]
    [InlineData("#00ff7g")]
    [InlineData("")]
    public async Task Create_UnknownTransparency_IsRefusedWithItsText(string transparency)
    {
        using HttpResponseMessage response = await service.PostAsync(
            "/v1/galleries", $$"""{"name":"t","dimension":8,"transparency":"{{transparency}}"}""");
        Problem problem = await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
        Assert.Contains($"'{transparency}'", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("#rrggbb", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/galleries", """{"name":"typo","dimension":8,"treshold":0.5}""", "treshold")]
    [InlineData("/v1/galleries", """{"name":"typo","dimension":8,"Margin":0.5}""", "Margin")]
    [InlineData("/v1/galleries/g/search", """{"vector":[1,2],"treshold":0.5}""", "treshold")]
    [InlineData("/v1/galleries/g/identities/i/images", """{"vector":[1,2],"imageid":"a"}""", "imageid")]
    public async Task Post_UnknownField_IsRefusedByItsName(string path, string body, string field)
    {
        using HttpResponseMessage response = await service.PostAsync(path, body);
        Problem problem = await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
        Assert.Contains($"field {field}: there is no such field", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("OrleansGallery", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Gallery_TakesAllWithItAndFreesTheName()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(gallery, """{"identity":"a","vector":[1,2,3,4]}""");
        GalleryResponse deleted = await service.Client.DeleteGalleryAsync(gallery, Cancelled);
        Assert.Equal((1, 1), (deleted.Identities, deleted.Images));
        GalleryApiException gone = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.GetIdentityAsync(gallery, "a", Cancelled));
        Assert.Equal((404, ErrorCodes.GalleryNotFound), (gone.Status, gone.Code));
        await service.Client.CreateGalleryAsync(new() { Name = gallery, Dimension = 2, Partitions = 4 }, Cancelled);
        GalleryResponse again = await service.Client.GetGalleryAsync(gallery, Cancelled);
        Assert.Equal((2, 0), (again.Dimension, again.Images));
    }

    [Fact]
    public async Task Verify_AfterChanges_AgreesWithTheRootHash()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"a","vector":[1,2,3,4]}
            {"identity":"b","vector":[4,3,2,1],"facet":"c1"}
            {"identity":"b","vector":[4,3,2,2],"facet":"c2"}
            """);
        VerificationResponse report = await service.Client.VerifyAsync(gallery, Cancelled);
        GalleryResponse described = await service.Client.GetGalleryAsync(gallery, Cancelled);
        Assert.True(report.Ok);
        Assert.Empty(report.Differences);
        Assert.Equal((2, 3), (report.Identities, report.Images));
        Assert.Equal(described.RootHash, report.RootHash);
        Assert.Equal(2 * 4 * sizeof(float), described.SearchBytes);
    }
}
