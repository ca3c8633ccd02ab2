using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identities</c>: who is in a gallery.</summary>
internal sealed class IdentitiesCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<int> _limit = NumberOption.Of("--limit", "List so many at most; 0: all.", 0, new(0));

    public IdentitiesCommand()
        : base("identities", "List a gallery's identities with their numbers of images.")
    {
        Add(_gallery);
        Add(_limit);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        int limit = arguments.GetValue(_limit);
        List<IdentityListEntry> identities = [];
        await foreach (IdentityListEntry entry in client.EnumerateIdentitiesAsync(
            arguments.GetRequiredValue(_gallery), cancellationToken))
        {
            identities.Add(entry);
            if (identities.Count == limit)
            {
                break;
            }
        }

        if (output.IsJson)
        {
            output.WriteJson(new IdentityListResponse { Identities = identities });
        }
        else
        {
            output.WriteTable(
                ["identity", "images", "version", "attributes"],
                identities.Select(entry => (IReadOnlyList<string>)
                [
                    entry.Identity,
                    Figures.Count(entry.Count),
                    entry.Version.ToString(CultureInfo.InvariantCulture),
                    AttributesText.Of(entry.Attributes) ?? string.Empty,
                ]));
        }

        return CommandLine.Done;
    }
}
