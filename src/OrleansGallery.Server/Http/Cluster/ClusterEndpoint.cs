using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What the cluster consists of and where everything is.</summary>
internal static class ClusterEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("", GetAsync).WithName("getCluster").WithSummary("The silos, and where the partitions are.")
            .Gives(ClusterExamples.Cluster);

    private static async Task<Ok<ClusterResponse>> GetAsync(
        HttpContext context, IGrainFactory grains, CancellationToken aborted)
    {
        ClusterSummary summary = await grains.GetGrain<IClusterGrain>(0).DescribeAsync().WaitAsync(aborted);
        return TypedResults.Ok(new ClusterResponse
        {
            Silos = [.. summary.Silos.Select(Respond)],
            Moves =
            [
                .. summary.Moves.Where(move => Caller.MaySee(context, move.Gallery)).Select(Respond),
            ],
            Galleries =
            [
                .. summary.Galleries.Where(gallery => Caller.MaySee(context, gallery.Name)).Select(Respond),
            ],
        });
    }

    private static ClusterMove Respond(MoveSummary move) => new()
    {
        Gallery = move.Gallery, Partition = move.Partition, From = move.From, To = move.To,
    };

    private static ClusterGallery Respond(PlacedGallery gallery) => new()
    {
        Name = gallery.Name, Partitions = gallery.Partitions, Placed = gallery.Placed,
    };

    private static ClusterSilo Respond(SiloSummary silo) => new()
    {
        Name = silo.Name,
        Roles = silo.Roles,
        Status = silo.Status,
        Partitions = silo.Partitions,
        Rows = silo.Rows,
        LeaseAgeMs = silo.LeaseAge?.TotalMilliseconds,
        Queue = silo.Queue,
    };
}
