using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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

    private static async Task<IResult> ReadyAsync(ISiloStatusOracle silo, IGrainFactory grains, StoreHealth store)
    {
        if (silo.CurrentStatus != SiloStatus.Active)
        {
            throw new RetryException($"The silo is {silo.CurrentStatus}.");
        }

        // The list is read from the store, so its answer shows that grains and store both work.
        await grains.GetGrain<IGalleryListGrain>(0).ListAsync().WaitAsync(ReadyTime);
        if (store.Failure is not { } failure)
        {
            return TypedResults.Ok(new HealthResponse { Status = "ready" });
        }

        // Still 200: whoever takes an unready process out of service would end the searches as well.
        Failure told = ErrorMapping.Of(failure);
        return TypedResults.Ok(new HealthResponse { Status = "degraded", Code = told.Code, Detail = told.Message });
    }
}
