using System.CommandLine;

namespace OrleansGallery.Benchmarks.Reporting;

/// <summary>Options that take a whole number.</summary>
internal static class NumberOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means.</param>
    /// <param name="value">Its value where it is left out.</param>
    /// <param name="least">The least that is taken.</param>
    /// <returns>The option.</returns>
    public static Option<int> Number(string name, string description, int value, int least = 1)
    {
        Option<int> option = new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int given) && given < least)
            {
                result.AddError($"{name} must be at least {least}.");
            }
        });
        return option;
    }
}
