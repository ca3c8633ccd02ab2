using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;

namespace OrleansGallery.Cli;

/// <summary>
/// Options that are numbers. The parser's own reading takes <c>0,1</c> for 1 and <c>1,000</c> for 1000, so every number
/// of every command is read here.
/// </summary>
internal static class NumberOption
{
    /// <summary>An option with a default value.</summary>
    public static Option<T> Of<T>(
        string name, string description, T otherwise, NumberRange<T> range = default, string help = "N")
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => otherwise,
            CustomParser = argument => Read(name, argument, range) ?? otherwise,
        };

    /// <summary>An option that may be left out.</summary>
    public static Option<T?> Maybe<T>(
        string name, string description, NumberRange<T> range = default, string help = "N")
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = argument => Read(name, argument, range),
        };

    /// <summary>An option that may be repeated.</summary>
    public static Option<T[]> Many<T>(
        string name, string description, T[] otherwise, NumberRange<T> range = default, string help = "N")
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => otherwise,
            CustomParser = argument =>
                [.. argument.Tokens.Select(token => Read(name, token.Value, argument, range) ?? default)],
        };

    /// <summary>An option of several numbers with commas between them.</summary>
    public static Option<T[]> List<T>(
        string name, string description, T[] otherwise, NumberRange<T> range = default, string help = "N,...")
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => otherwise,
            CustomParser = argument =>
                [.. argument.Tokens.SelectMany(token => token.Value.Split(','))
                    .Select(text => Read(name, text, argument, range) ?? default)],
        };

    private static T? Read<T>(string name, ArgumentResult argument, NumberRange<T> range)
        where T : struct, INumber<T> =>
        argument.Tokens is [Token only] ? Read(name, only.Value, argument, range) : null;

    private static T? Read<T>(string name, string text, ArgumentResult argument, NumberRange<T> range)
        where T : struct, INumber<T>
    {
        if (Numbers.Parse(name, text, range, out T value) is not { } error)
        {
            return value;
        }

        argument.AddError(error);
        return null;
    }
}
