using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary>Where a command finds the keys: in a running service, or, where a store is named, in that.</summary>
internal sealed class KeyPlace
{
    private const string FolderVariable =
        $"{GalleryHost.EnvironmentPrefix}{ServerOptions.Section}__{nameof(ServerOptions.DataFolder)}";

    private readonly Option<bool> _offline = new("--offline")
    {
        Description = "Ask no service: work on the store that serve would use, of --database, --data or their "
            + "variables. Naming one of them means it.",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"The data folder of a service that is not running ({FolderVariable}).",
        HelpName = "DIR",
    };

    private readonly DatabaseOption _database = new();

    public Option[] Options => [_offline, _data, _database];

    public void Check(CommandResult result)
    {
        _database.Check(result);
        if (result.GetValue(_data) is not null && result.GetResult(_database) is { Implicit: false })
        {
            result.AddError($"{_data.Name} and {_database.Name} are two stores; name one.");
        }
    }

    /// <returns>Null: the service's address is none; that was said.</returns>
    public async Task<IKeyAccess?> OpenAsync(
        ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string? folder = arguments.GetValue(_data);
        bool namesDatabase = arguments.GetResult(_database) is { Implicit: false };
        if (folder is null && !namesDatabase && !arguments.GetValue(_offline))
        {
            return ClientCommand.Connect(arguments, output) is { } client ? new ServiceKeys(client) : null;
        }

        if (folder is null && _database.Of(arguments) is { Length: > 0 } database)
        {
            return await StoreKeys.OfDatabaseAsync(database, cancellationToken);
        }

        return StoreKeys.OfFolder(
            folder ?? Environment.GetEnvironmentVariable(FolderVariable) ?? new ServerOptions().DataFolder);
    }
}
