using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary>Options that are one of a few words: the members of an enumeration in lower case, and no numbers.</summary>
internal static class ChoiceOption
{
    /// <summary>An option that may be left out.</summary>
    public static Option<T?> Maybe<T>(string name, string description)
        where T : struct, Enum
    {
        T[] all = Enum.GetValues<T>();
        string words = string.Join('|', all.Select(Word));
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = words,
            CustomParser = argument =>
            {
                string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
                int place = Array.FindIndex(all, value => Word(value) == text);
                if (place < 0)
                {
                    argument.AddError($"{name} is '{text}'; {string.Join(", ", all.Select(Word))} are possible.");
                    return null;
                }

                return all[place];
            },
        };
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
