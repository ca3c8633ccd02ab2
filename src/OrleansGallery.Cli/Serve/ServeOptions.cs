using System.CommandLine;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary>The settings of a service on the command line.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder of the store and the models; made where it does not exist. "
            + "Default: gallery-data in the working directory.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Where to listen; port 0 takes a free one, which is printed. Addresses beyond loopback need "
            + "--keys required, and https or --behind-proxy. Default: http://127.0.0.1:5210.",
        HelpName = "URL",
    };

    private readonly Option<string?> _roles = new("--roles")
    {
        Description = "What this process does, separated by commas: gallery (holds the store), embedding (runs "
            + "models), api (serves HTTP). Default: all three.",
        HelpName = "ROLES",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "What this process is called in the cluster. Default: the machine's name.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _database = new("--database")
    {
        Description = "The PostgreSQL database of a cluster, as a connection string; `gallery store init` makes its "
            + $"tables. Passwords are better in {DatabaseOption.Variable}. Default: none, this process is alone.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> _keys = new("--keys")
    {
        Description = "Whether requests need a key (`gallery keys create`): off or required. Default: off.",
        HelpName = "off|required",
    };

    private readonly Option<bool> _behindProxy = new("--behind-proxy")
    {
        Description = "Callers come through a proxy alone, which has TLS: with --keys required, addresses beyond "
            + "loopback are possible without https.",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A JSON file of settings by section (Server, Cluster, Imaging, Batching, Committer, Coder, "
            + "Logging). Options of this command win over GALLERY_Section__Name variables, and those over the file.",
        HelpName = "FILE",
    };

    public IReadOnlyList<Option> All => [_data, _urls, _roles, _name, _database, _keys, _behindProxy, _config];

    /// <summary>The file of settings; null: none.</summary>
    public string? ConfigFileOf(ParseResult arguments) => arguments.GetValue(_config);

    /// <summary>The settings that were given, by path.</summary>
    public IReadOnlyDictionary<string, string?> SettingsOf(ParseResult arguments)
    {
        Dictionary<string, string?> settings = [];
        Set(nameof(ServerOptions.DataFolder), _data);
        Set(nameof(ServerOptions.Urls), _urls);
        Set(nameof(ServerOptions.Roles), _roles);
        Set(nameof(ServerOptions.Name), _name);
        Set(nameof(ClusterMemberOptions.Database), _database, ClusterMemberOptions.Section);
        Set(nameof(ServerOptions.Keys), _keys);
        if (arguments.GetValue(_behindProxy))
        {
            settings[$"{ServerOptions.Section}:{nameof(ServerOptions.BehindProxy)}"] = bool.TrueString;
        }

        return settings;

        void Set(string name, Option<string?> option, string section = ServerOptions.Section)
        {
            if (arguments.GetValue(option) is { } value)
            {
                settings[$"{section}:{name}"] = value;
            }
        }
    }
}
