using System.CommandLine;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary><c>gallery store init</c>: makes or upgrades the tables.</summary>
internal sealed class StoreInitCommand : Command
{
    private readonly DatabaseOption _database;

    public StoreInitCommand(DatabaseOption database)
        : base("init", "Make the tables, or add what a newer program needs; running processes go on.")
    {
        _database = database;
        Add(database);
        Validators.Add(database.Require);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string database = _database.Of(arguments);
        IReadOnlyList<SchemaStatus> before = await ClusterDatabase.InitAsync(database, cancellationToken);
        StoreStatus.Write(
            CommandOutput.Of(arguments),
            await ClusterDatabase.ReadStatusAsync(database, TimeProvider.System, cancellationToken),
            before);
        return CommandLine.Done;
    }
}
