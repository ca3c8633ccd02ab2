using System.CommandLine;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary><c>gallery store status</c>: whether the tables are those of this program.</summary>
internal sealed class StoreStatusCommand : Command
{
    private readonly DatabaseOption _database;

    public StoreStatusCommand(DatabaseOption database)
        : base("status", "Say which tables there are, and whether this program can use them (exit code 1: it cannot).")
    {
        _database = database;
        Add(database);
        Validators.Add(database.Require);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        StoreStatus.Write(
            CommandOutput.Of(arguments),
            await ClusterDatabase.ReadStatusAsync(
                _database.Of(arguments), TimeProvider.System, cancellationToken))
            ? CommandLine.Done
            : CommandLine.Failed;
}
