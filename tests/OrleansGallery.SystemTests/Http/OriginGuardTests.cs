using System.Net;
using System.Net.Http.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class OriginGuardTests(RunningService service)
{
    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Host", "localhost", HttpStatusCode.OK)]
    [InlineData("Host", "127.0.0.1:99", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]", HttpStatusCode.OK)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "null", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://localhost:3000", HttpStatusCode.OK)]
    public async Task Get_HostAndOrigin_MustBeLoopback(string header, string value, HttpStatusCode expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/galleries");
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));

        using HttpResponseMessage response =
            await service.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        if (expected != HttpStatusCode.OK)
        {
            Problem? problem = await response.Content.ReadFromJsonAsync<Problem>(
                GalleryJson.Options, TestContext.Current.CancellationToken);
            Assert.Equal(ErrorCodes.InvalidRequest, problem!.Code);
        }
    }
}
