using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary><c>gallery serve</c>: the service in this process.</summary>
internal sealed class ServeCommand : Command
{
    private readonly ServeOptions _options = new();

    public ServeCommand()
        : base("serve", "Run the service until it is told to stop (Ctrl-C, SIGTERM).")
    {
        foreach (Option option in _options.All)
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using WebApplication app = GalleryHost.Build(
            _options.ConfigFileOf(arguments), _options.SettingsOf(arguments));
        await GalleryHost.RunAsync(app, arguments.InvocationConfiguration.Output, cancellationToken);
        return CommandLine.Done;
    }
}
