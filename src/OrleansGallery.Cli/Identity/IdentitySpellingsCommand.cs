using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity spellings</c>: ids that look alike and are not.</summary>
internal sealed class IdentitySpellingsCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    public IdentitySpellingsCommand()
        : base(
            "spellings",
            "Find identities whose ids are spellings of one name in Unicode: they look alike and are two identities. "
            + "'merge' makes them one.") => Add(_gallery);

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        SpellingsResponse found = await client.FindSpellingsAsync(
            arguments.GetRequiredValue(_gallery), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(found);
            return CommandLine.Done;
        }

        output.WriteFields((
            "names spelled twice",
            Figures.Count(found.Names.Count) + (found.Truncated ? ", and there are more" : string.Empty)));
        output.WriteTable(
            ["name", "images", "in an address"],
            found.Names.SelectMany(name => name.Identities.Select(identity => (IReadOnlyList<string>)
            [
                name.Name, Figures.Count(identity.Count), Uri.EscapeDataString(identity.Identity),
            ])));
        return CommandLine.Done;
    }
}
