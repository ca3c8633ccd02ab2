using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What the cluster looks like.</summary>
internal static class ClusterExamples
{
    public static ClusterResponse Cluster { get; } = new()
    {
        Silos =
        [
            new ClusterSilo
            {
                Name = "silo-1",
                Roles = ["gallery", "embedding", "api"],
                Status = "active",
                Partitions = 4,
                Rows = 659,
                LeaseAgeMs = 420,
                Queue = 0,
            },
        ],
        Moves = [],
        Galleries = [new ClusterGallery { Name = "people", Partitions = 4, Placed = 4 }],
    };
}
