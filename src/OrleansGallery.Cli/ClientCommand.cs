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
        CommandOutput output = CommandOutput.Of(arguments);
        string url = arguments.GetRequiredValue(CommonOptions.Url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            await output.Error.WriteLineAsync(
                $"'{url}' (--url, {CommonOptions.UrlVariable}) is no address of the form http://127.0.0.1:5210.");
            return CommandLine.WrongUsage;
        }

        using GalleryClient client = new(address);
        return await RunAsync(client, arguments, output, cancellationToken);
    }
}
