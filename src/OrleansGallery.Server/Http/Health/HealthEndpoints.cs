using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Whether the process lives, and whether it can serve. Neither asks another process or the database, whose
/// failures would take all processes out of service at once.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", () => TypedResults.Ok(new HealthResponse { Status = "live" })).WithName("livez")
            .WithSummary("Whether the process lives.").Gives(GalleryExamples.Live);
        routes.MapGet("/readyz", Ready).WithName("readyz")
            .WithSummary("Whether the process can serve.").Gives(GalleryExamples.Ready);
    }

    internal static Ok<HealthResponse> Ready(IServiceProvider services)
    {
        if (services.GetServices<IReadiness>().Select(part => part.Missing).FirstOrDefault(part => part is not null)
            is { } missing)
        {
            throw new RetryException(missing);
        }

        if (services.GetService<StoreHealth>()?.Failure is not { } failure)
        {
            return TypedResults.Ok(new HealthResponse { Status = "ready" });
        }

        // Still 200: whoever takes an unready process out of service would end the searches as well.
        Failure told = ErrorMapping.Of(failure);
        // Anybody may ask; where he needs a key for all else, where the store is and what ails it is not his.
        bool isOpen = !services.GetRequiredService<IOptions<ServerOptions>>().Value.AsksForKeys;
        return TypedResults.Ok(new HealthResponse
        {
            Status = "degraded", Code = told.Code, Detail = isOpen ? told.Message : null,
        });
    }
}
