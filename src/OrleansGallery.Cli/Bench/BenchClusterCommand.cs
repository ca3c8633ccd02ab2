using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery bench cluster</c>: a cluster that grows, shrinks and loses silos under load.</summary>
internal sealed class BenchClusterCommand : Command
{
    private readonly DatabaseOption _database = new();

    private readonly Option<int[]> _silos = NumberOption.List(
        "--silos", "The numbers of gallery silos to measure.", [1, 2, 4], new NumberRange<int>(1, 32));

    private readonly Option<int> _rows = NumberOption.Of(
        "--rows", "Identities in the gallery.", 100_000, new(100, 100_000_000));

    private readonly Option<int> _dimension = NumberOption.Of(
        "--dimension", "Components of a vector.", 512, new(2, 4_096));

    private readonly Option<int> _partitions = NumberOption.Of(
        "--partitions", "Partitions of the gallery.", 64, new(1, 4_096));

    private readonly Option<int> _clients = NumberOption.Of(
        "--clients", "Clients that search while silos come and go.", 2, new(1, 100));

    private readonly Option<double> _pace = NumberOption.Of(
        "--pace", "Vectors a second that are enrolled meanwhile.", 100d, new(1, 100_000));

    private readonly Option<int> _siloCores = NumberOption.Of(
        "--silo-cores",
        "Cores that each silo uses; 0: all. Silos that share a machine need a share each, as a container has.", 0,
        new(0, 255));

    private readonly Option<double> _seconds = NumberOption.Of(
        "--seconds", "How long each figure takes.", 10d, new(0.5, 3_600));

    private readonly Option<int> _seed = NumberOption.Of("--seed", "Another seed, other vectors.", 1);

    private readonly Option<bool> _keep = new("--keep")
    {
        Description = "Leave the gallery in the database, for another run with the same rows.",
    };

    public BenchClusterCommand()
        : base(
            "cluster",
            "Start a cluster on this machine, on an empty PostgreSQL database, let it grow, shrink and lose silos "
            + "under load, and report times as Markdown. Exit code 1 where an answer was wrong, or where an orderly "
            + "change was noticed.")
    {
        foreach (Option option in (Option[])
            [
                _database, _silos, _rows, _dimension, _partitions, _clients, _pace, _siloCores, _seconds, _seed, _keep,
            ])
        {
            Add(option);
        }

        Validators.Add(_database.Require);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        ClusterBenchOptions options = new()
        {
            Database = _database.Of(arguments),
            Silos = [.. arguments.GetRequiredValue(_silos).Distinct().Order()],
            Rows = arguments.GetValue(_rows),
            Dimension = arguments.GetValue(_dimension),
            Partitions = arguments.GetValue(_partitions),
            Clients = arguments.GetValue(_clients),
            Pace = arguments.GetValue(_pace),
            SiloCores = arguments.GetValue(_siloCores) is var cores and > 0 ? cores : null,
            Duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds)),
            Seed = arguments.GetValue(_seed),
            Keep = arguments.GetValue(_keep),
        };
        ClusterBenchReport report = await new ClusterBench(options, output).RunAsync(cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(report);
        }
        else
        {
            ClusterBenchText.Write(report, output);
        }

        return report.Changes.All(change => change.IsGood) ? CommandLine.Done : CommandLine.Failed;
    }
}
