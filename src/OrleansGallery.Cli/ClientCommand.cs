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
        using GalleryClient? client = Connect(arguments, output);
        return client is null ? CommandLine.WrongUsage : await RunAsync(client, arguments, output, cancellationToken);
    }

    /// <summary>The service that a command is to talk to.</summary>
    /// <returns>Null: its address is none; that was said.</returns>
    internal static GalleryClient? Connect(ParseResult arguments, CommandOutput output)
    {
        string url = arguments.GetRequiredValue(CommonOptions.Url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            output.Error.WriteLine(
                $"'{url}' (--url, {CommonOptions.UrlVariable}) is no address of the form http://127.0.0.1:5210.");
            return null;
        }

        string? key = arguments.GetValue(CommonOptions.Key)
            ?? Environment.GetEnvironmentVariable(CommonOptions.KeyVariable);
        return new GalleryClient(address, new GalleryClientOptions { Key = string.IsNullOrEmpty(key) ? null : key });
    }
}
