using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery cluster</c>: who takes part, and where everything is.</summary>
internal sealed class ClusterCommand()
    : ClientCommand("cluster", "Show the silos, what they hold, what moves, and how much of each gallery is placed.")
{
    private const string GalleryRole = "gallery";

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        ClusterResponse cluster = await client.GetClusterAsync(cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(cluster);
            return CommandLine.Done;
        }

        output.WriteTable(
            ["silo", "roles", "status", "partitions", "rows", "lease age", "queue"],
            cluster.Silos.Select(silo => (IReadOnlyList<string>)
            [
                silo.Name,
                string.Join(',', silo.Roles),
                silo.Status,
                Figures.Count(silo.Partitions),
                Figures.Count(silo.Rows),
                silo.LeaseAgeMs is { } age ? string.Create(CultureInfo.InvariantCulture, $"{age:0} ms") : "-",
                Figures.Count(silo.Queue),
            ]));
        output.WriteLine(string.Empty);
        output.WriteTable(
            ["gallery", "partitions", "in memory"],
            cluster.Galleries.Select(gallery => (IReadOnlyList<string>)
            [
                gallery.Name, Figures.Count(gallery.Partitions), Figures.Count(gallery.Placed),
            ]));
        foreach (ClusterMove move in cluster.Moves)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"partition {move.Partition} of '{move.Gallery}' moves from {move.From} to {move.To}"));
        }

        int silos = cluster.Silos.Count(silo => silo.Roles.Contains(GalleryRole));
        foreach (ClusterGallery gallery in cluster.Galleries.Where(gallery => gallery.Partitions < silos))
        {
            output.WriteLine(
                $"'{gallery.Name}' is cut into {Figures.Count(gallery.Partitions)} partitions: it uses at most so many "
                + $"of the {Figures.Count(silos)} silos with the role gallery.");
        }

        return CommandLine.Done;
    }
}
