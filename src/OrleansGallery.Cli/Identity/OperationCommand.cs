using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>A command that changes two identities at once and prints the receipt.</summary>
internal abstract class OperationCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<string?> _operation = new("--operation")
    {
        Description = "An id of your own for this operation: run again with it, nothing happens twice. "
            + "Default: a new one.",
        HelpName = "ID",
    };

    protected OperationCommand(string name, string description)
        : base(name, description)
    {
        Add(_gallery);
        Add(_operation);
    }

    protected sealed override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        OperationResponse receipt = await SendAsync(
            client, arguments, arguments.GetRequiredValue(_gallery), arguments.GetValue(_operation),
            cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(receipt);
            return CommandLine.Done;
        }

        output.WriteFields(
            ("operation", receipt.OperationId),
            ("images moved", Figures.Count(receipt.ImagesMoved)));
        output.WriteTable(
            ["identity", "", "version", "images", "hash"],
            new[] { receipt.Source, receipt.Target }.SelectMany(side => (IReadOnlyList<string>[])
            [
                Row(side.Identity, "before", side.Before), Row(side.Identity, "after", side.After),
            ]));
        return CommandLine.Done;
    }

    /// <returns>The receipt.</returns>
    protected abstract Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken);

    private static string[] Row(string identity, string when, IdentityMarkResponse mark) =>
    [
        identity, when, mark.Version.ToString(CultureInfo.InvariantCulture), Figures.Count(mark.Count), mark.Hash,
    ];
}
