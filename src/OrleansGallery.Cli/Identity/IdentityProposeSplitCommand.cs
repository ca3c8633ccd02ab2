using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity propose-split</c>: how an identity's images fall into two groups.</summary>
internal sealed class IdentityProposeSplitCommand : ClientCommand
{
    private const string Larger = "larger";
    private const string Smaller = "smaller";

    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _identity = new("IDENTITY") { Description = "The identity." };

    private readonly Option<string?> _group = new("--group")
    {
        Description = "Print the ids of this group alone, one a line, as 'split --from' takes them: larger or smaller.",
        HelpName = "GROUP",
    };

    public IdentityProposeSplitCommand()
        : base(
            "propose-split",
            "Show how an identity's images fall into two groups. Nothing is written: give the images of one to "
            + "'split'.")
    {
        _group.AcceptOnlyFromAmong(Larger, Smaller);
        Add(_gallery);
        Add(_identity);
        Add(_group);
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

        if (arguments.GetValue(_group) is { } wanted)
        {
            foreach (string id in proposal.Groups.Where((_, i) => NameOf(i) == wanted).SelectMany(g => g.ImageIds))
            {
                output.WriteLine(id);
            }

            return CommandLine.Done;
        }

        output.WriteFields(
            ("identity", proposal.Identity),
            ("images", Figures.Count(proposal.Count)),
            ("separation", Shown(proposal.Separation)));
        output.WriteTable(
            ["group", "images", "dispersion"],
            proposal.Groups.Select((group, i) => (IReadOnlyList<string>)
            [
                NameOf(i), Figures.Count(group.Count), Shown(group.Dispersion),
            ]));
        output.WriteTable(
            ["group", "image"],
            proposal.Groups.SelectMany((group, i) => group.ImageIds.Select(
                id => (IReadOnlyList<string>)[NameOf(i), id])));
        return CommandLine.Done;
    }

    private static string NameOf(int group) => group == 0 ? Larger : Smaller;

    private static string Shown(double? figure) => figure is { } value ? Figures.Score(value) : "-";
}
