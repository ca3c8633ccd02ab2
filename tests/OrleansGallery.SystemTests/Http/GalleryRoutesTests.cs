using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

public sealed class GalleryRoutesTests
{
    [Fact]
    public async Task EveryRouteOfGalleries_HangsUnderTheOneGroup()
    {
        using TemporaryFolder folder = new();
        await using WebApplication app = RunningService.Build(folder.Root);
        RouteEndpoint[] endpoints = [.. ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

        RouteEndpoint[] inGroup = [.. endpoints.Where(
            endpoint => endpoint.Metadata.GetMetadata<GalleryRouteMark>() is not null)];

        Assert.True(inGroup.Length >= 14, $"{inGroup.Length} routes");
        Assert.All(endpoints, endpoint => Assert.Equal(
            endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal), inGroup.Contains(endpoint)));
    }
}
