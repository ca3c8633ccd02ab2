using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary>An option of an attribute, KEY=VALUE, that may be given several times.</summary>
internal static class AttributeOption
{
    /// <summary>The option.</summary>
    public static Option<string[]> Of(string name, string description)
    {
        Option<string[]> option = new(name)
        {
            Description = description,
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=') < 1))
            {
                result.AddError($"{name} is '{text}'; KEY=VALUE is expected, as colour=red.");
            }
        });
        return option;
    }

    /// <summary>The attributes given, in their order; a key ends at the first '='.</summary>
    public static KeyValuePair<string, string>[] Read(ParseResult arguments, Option<string[]> option) =>
    [
        .. (arguments.GetValue(option) ?? []).Select(text => KeyValuePair.Create(
            text[..text.IndexOf('=')], text[(text.IndexOf('=') + 1)..])),
    ];
}
