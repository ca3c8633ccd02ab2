using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery attributes</c>: what else is known of an identity.</summary>
internal sealed class AttributesCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _identity = new("IDENTITY") { Description = "The identity." };

    private readonly Option<string[]> _set = AttributeOption.Of(
        "--set", "Give an attribute a text, of at most 256 characters; may be given several times.");

    private readonly Option<string[]> _remove = new("--remove")
    {
        Description = "Take an attribute away; may be given several times.",
        HelpName = "KEY",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Take all others away.",
    };

    public AttributesCommand()
        : base("attributes", "Show or change an identity's attributes, by which searches can be filtered.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_set);
        Add(_remove);
        Add(_replace);
        Validators.Add(result =>
        {
            if (result.GetValue(_replace) && result.GetValue(_remove) is [_, ..])
            {
                result.AddError("--replace takes all others away; --remove has no meaning beside it.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        IdentityAttributesResponse shown = await SendAsync(client, arguments, cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(shown);
            return CommandLine.Done;
        }

        output.WriteFields(
            ("identity", shown.Identity), ("version", shown.Version.ToString(CultureInfo.InvariantCulture)));
        output.WriteTable(
            ["attribute", "text"],
            shown.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (IReadOnlyList<string>)[pair.Key, pair.Value]));
        return CommandLine.Done;
    }

    private async Task<IdentityAttributesResponse> SendAsync(
        GalleryClient client, ParseResult arguments, CancellationToken cancellationToken)
    {
        (string gallery, string identity) =
            (arguments.GetRequiredValue(_gallery), arguments.GetRequiredValue(_identity));
        Dictionary<string, string?> changes = [];
        foreach (string key in arguments.GetValue(_remove) ?? [])
        {
            changes[key] = null;
        }

        foreach ((string key, string value) in AttributeOption.Read(arguments, _set))
        {
            changes[key] = value;
        }

        if (arguments.GetValue(_replace))
        {
            return await client.SetAttributesAsync(
                gallery, identity, changes.ToDictionary(pair => pair.Key, pair => pair.Value!),
                cancellationToken: cancellationToken);
        }

        if (changes.Count > 0)
        {
            return await client.ChangeAttributesAsync(
                gallery, identity, changes, cancellationToken: cancellationToken);
        }

        IdentityResponse known = await client.GetCentroidAsync(gallery, identity, cancellationToken);
        return new IdentityAttributesResponse
        {
            Identity = known.Identity, Version = known.Version, ETag = known.ETag, Attributes = known.Attributes,
        };
    }
}
