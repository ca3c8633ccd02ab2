using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery confusability</c>: how easily two identities are taken for each other.</summary>
internal sealed class ConfusabilityCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _one = new("ONE") { Description = "One of its identities." };

    private readonly Argument<string> _other = new("OTHER") { Description = "Another one." };

    public ConfusabilityCommand()
        : base(
            "confusability",
            "Compare all images of two identities with both: which are nearer to the other than to the rest of their "
            + "own.")
    {
        Add(_gallery);
        Add(_one);
        Add(_other);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        ConfusabilityResponse found = await client.GetConfusabilityAsync(
            arguments.GetRequiredValue(_gallery), arguments.GetRequiredValue(_one), arguments.GetRequiredValue(_other),
            cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(found);
            return CommandLine.Done;
        }

        output.WriteFields(
            ("score", Shown(found.Score)),
            ("dispersion as one", Shown(found.MergedDispersion)),
            ("facets of both", found.SharedFacets.Count == 0 ? null : string.Join(", ", found.SharedFacets)));
        output.WriteTable(
            ["identity", "images", "dispersion", "compared", "nearer to the other", "share"],
            new[] { found.One, found.Other }.Select(side => (IReadOnlyList<string>)
            [
                side.Identity, Figures.Count(side.Count), Shown(side.Dispersion), Figures.Count(side.Compared),
                Figures.Count(side.NearerToOther), side.Share is { } share ? Figures.Share(share) : "-",
            ]));
        return CommandLine.Done;
    }

    private static string Shown(double? score) => score is { } value ? Figures.Score(value) : "-";
}
