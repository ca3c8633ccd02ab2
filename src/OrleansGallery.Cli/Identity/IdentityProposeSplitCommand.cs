using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity propose-split</c>: how an identity's images fall into two groups.</summary>
internal sealed class IdentityProposeSplitCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _identity = new("IDENTITY") { Description = "The identity." };

    public IdentityProposeSplitCommand()
        : base(
            "propose-split",
            "Show how an identity's images fall into two groups. Nothing is written: give the images of one to "
            + "'split'.")
    {
        Add(_gallery);
        Add(_identity);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        SplitProposalResponse proposal = await client.ProposeSplitAsync(
            arguments.GetRequiredValue(_gallery), arguments.GetRequiredValue(_identity), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(proposal);
            return CommandLine.Done;
        }

        output.WriteFields(
            ("identity", proposal.Identity),
            ("images", Figures.Count(proposal.Count)),
            ("separation", Shown(proposal.Separation)));
        output.WriteTable(
            ["group", "images", "dispersion", "image ids"],
            proposal.Groups.Select((group, i) => (IReadOnlyList<string>)
            [
                i == 0 ? "larger" : "smaller", Figures.Count(group.Count), Shown(group.Dispersion),
                string.Join(' ', group.ImageIds),
            ]));
        return CommandLine.Done;
    }

    private static string Shown(double? figure) => figure is { } value ? Figures.Score(value) : "-";
}
