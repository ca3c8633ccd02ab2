using System.Numerics;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Numbers as people give them on a command line: <see cref="PlainNumber"/> within bounds.</summary>
internal static class Numbers
{
    /// <summary>Reads a number between bounds, or says what is wrong with it.</summary>
    /// <param name="name">What it is, for the message.</param>
    /// <param name="text">What was given.</param>
    /// <param name="range">What is possible.</param>
    /// <param name="value">The number.</param>
    /// <returns>The error; null: none.</returns>
    public static string? Parse<T>(string name, string text, NumberRange<T> range, out T value)
        where T : struct, INumber<T> => PlainNumber.TryParse(text, out value) && range.Holds(value)
        ? null
        : $"{name} is '{text}'; it must be "
            + $"{(PlainNumber.IsWhole<T>() ? "a whole number" : "a number like 0.5")}{range}.";
}
