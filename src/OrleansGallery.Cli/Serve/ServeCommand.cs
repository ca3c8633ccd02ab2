using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary><c>gallery serve</c>: the service in this process.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder of the store and the models; made where it does not exist. "
            + "Default: gallery-data in the working directory.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Where to listen; port 0 takes a free one, which is printed. Only loopback addresses: there are "
            + "no API keys yet. Default: http://127.0.0.1:5210.",
        HelpName = "URL",
    };

    private readonly Option<string?> _roles = new("--roles")
    {
        Description = "What this process does. So far only gallery,embedding,api together.",
        HelpName = "ROLES",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A JSON file of settings by section (Server, Imaging, Batching, Committer, Coder, Logging). "
            + "Options of this command win over GALLERY_Section__Name variables, and those over the file.",
        HelpName = "FILE",
    };

    public ServeCommand()
        : base("serve", "Run the service until it is told to stop (Ctrl-C, SIGTERM).")
    {
        Add(_data);
        Add(_urls);
        Add(_roles);
        Add(_config);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> settings = [];
        AddSetting(settings, nameof(ServerOptions.DataFolder), arguments.GetValue(_data));
        AddSetting(settings, nameof(ServerOptions.Urls), arguments.GetValue(_urls));
        AddSetting(settings, nameof(ServerOptions.Roles), arguments.GetValue(_roles));
        await using WebApplication app = GalleryHost.Build(arguments.GetValue(_config), settings);
        await GalleryHost.RunAsync(app, arguments.InvocationConfiguration.Output, cancellationToken);
        return CommandLine.Done;
    }

    private static void AddSetting(Dictionary<string, string?> settings, string name, string? value)
    {
        if (value is not null)
        {
            settings[$"{ServerOptions.Section}:{name}"] = value;
        }
    }
}
