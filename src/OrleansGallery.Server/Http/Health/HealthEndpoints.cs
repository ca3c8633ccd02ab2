using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Whether the process lives, and whether it takes requests.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan ReadyTime = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", () => TypedResults.Ok(new HealthResponse { Status = "live" })).WithName("livez");
        routes.MapGet("/readyz", ReadyAsync).Produces<HealthResponse>().WithName("readyz");
    }

    private static async Task<IResult> ReadyAsync(IServiceProvider services, IGrainFactory grains)
    {
        // A process that only serves HTTP has no silo of its own.
        if (services.GetService<ISiloStatusOracle>() is { CurrentStatus: not SiloStatus.Active and var status })
        {
            throw new RetryException($"The silo is {status}.");
        }

        // The list is read from the store, so its answer shows that grains and store both work.
        await grains.GetGrain<IGalleryListGrain>(0).ListAsync().WaitAsync(ReadyTime);
        if (services.GetService<StoreHealth>()?.Failure is not { } failure)
        {
            return TypedResults.Ok(new HealthResponse { Status = "ready" });
        }

        // Still 200: whoever takes an unready process out of service would end the searches as well.
        Failure told = ErrorMapping.Of(failure);
        return TypedResults.Ok(new HealthResponse { Status = "degraded", Code = told.Code, Detail = told.Message });
    }
}
