using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Server;
using OrleansGallery.Storage;

namespace OrleansGallery.SystemTests.Http;

public sealed class HealthTests
{
    [Theory]
    [InlineData("off", true)]
    [InlineData("required", false)]
    public async Task Ready_WithAStoreThatIsFull_SaysMoreWhereEverybodyMayDoEverything(string keys, bool expected)
    {
        StoreHealth store = new(NullLogger<StoreHealth>.Instance);
        store.OnFailed(new StoreAwayException(StoreAwayReason.Full, "No room in /somewhere."));
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(store)
            .AddSingleton(Options.Create(new ServerOptions { Keys = keys }))
            .BuildServiceProvider();

        HealthResponse? health = HealthEndpoints.Ready(services).Value;

        Assert.Equal(("degraded", ErrorCodes.StorageFull), (health?.Status, health?.Code));
        Assert.Equal(expected, health?.Detail is not null);
    }
}
