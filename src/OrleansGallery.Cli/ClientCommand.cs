using System.CommandLine;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary>A command that talks to a running service.</summary>
internal abstract class ClientCommand : Command
{
    protected ClientCommand(string name, string description)
        : base(name, description) => SetAction(InvokeAsync);

    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using GalleryClient client = new(new Uri(arguments.GetRequiredValue(CommonOptions.Url)));
        return await RunAsync(client, arguments, CommandOutput.Of(arguments), cancellationToken);
    }
}
