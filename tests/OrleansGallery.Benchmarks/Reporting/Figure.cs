using System.Globalization;

namespace OrleansGallery.Benchmarks.Reporting;

/// <summary>Numbers as text in a report.</summary>
internal static class Figure
{
    /// <summary>With thousands separated and a fixed number of decimals; a dash for none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="decimals">The decimals.</param>
    public static string Of(double? value, int decimals = 0) =>
        value?.ToString($"N{decimals}", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Three significant digits.</summary>
    /// <param name="value">The value.</param>
    public static string Short(double? value) => value switch
    {
        null => "-",
        0 => "0",
        double number => Of(number, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 8)),
    };
}
