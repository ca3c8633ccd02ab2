using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary>By what observations are decided.</summary>
internal sealed class ThresholdOptions
{
    private static readonly NumberRange<double> Scores = new(-1, 1);

    private readonly Option<double?> _join;
    private readonly Option<double?> _found;
    private readonly Option<double?> _margin;

    /// <param name="otherwise">What holds where they are left out, for the help.</param>
    /// <param name="marginName">The name of the margin's option.</param>
    public ThresholdOptions(string otherwise, string marginName)
    {
        _join = NumberOption.Maybe(
            "--join", $"The score from which on an image joins the best identity. Default: {otherwise}.", Scores,
            "SCORE");
        _found = NumberOption.Maybe(
            "--found",
            $"The score below which it founds a provisional identity; between the two it is parked. Default: "
            + $"{otherwise}.", Scores, "SCORE");
        _margin = NumberOption.Maybe(
            marginName, $"The lead over the second best that joining takes. Default: {otherwise}.",
            new NumberRange<double>(0, 2), "LEAD");
    }

    public Option[] Options => [_join, _found, _margin];

    public (double? Join, double? Found, double? Margin) Of(ParseResult arguments) =>
        (arguments.GetValue(_join), arguments.GetValue(_found), arguments.GetValue(_margin));
}
