using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>
/// Works out a PromQL expression on a <see cref="PromState"/>, by Prometheus' rules, as much of the language as our
/// alert rules use: comparisons and products of two vectors match series whose labels are all alike, and what finds no
/// partner is left out without a word.
/// </summary>
internal sealed partial class PromExpression
{
    private readonly PromState _state;
    private readonly string[] _tokens;
    private int _next;

    private PromExpression(string text, PromState state)
    {
        _state = state;
        _tokens = [.. Token().Matches(text).Select(token => token.Value)];
        Assert.Equal(Spaces().Replace(text, string.Empty), Spaces().Replace(string.Concat(_tokens), string.Empty));
    }

    /// <summary>What the expression finds; of a number, one series without labels.</summary>
    public static IReadOnlyList<PromSeries> Evaluate(string text, PromState state)
    {
        PromExpression expression = new(text, state);
        PromValue value = expression.Comparison();
        Assert.Equal(expression._tokens.Length, expression._next);
        return value.Series;
    }

    private PromValue Comparison()
    {
        PromValue left = Product();
        return TryTake(">") ? left.Combine(Product(), (one, other) => one > other ? one : null) : left;
    }

    private PromValue Product()
    {
        PromValue left = Primary();
        while (Peek is "*" or "/")
        {
            bool divides = Take() == "/";
            left = left.Combine(Primary(), (one, other) => divides ? one / other : one * other);
        }

        return left;
    }

    private PromValue Primary()
    {
        string token = Take();
        return token switch
        {
            "(" => Closed(Comparison()),
            "sum" or "max" => Aggregate(token == "sum" ? Enumerable.Sum : Enumerable.Max),
            "scalar" => Scalar(Argument()),
            "clamp_min" => ClampMin(),
            "histogram_quantile" => Quantile(),
            "rate" => Rates(),
            _ when char.IsDigit(token[0]) => PromValue.Of(double.Parse(token, CultureInfo.InvariantCulture)),
            _ => Select(token, series => series.Value),
        };
    }

    private PromValue Aggregate(Func<IEnumerable<double>, double> by)
    {
        HashSet<string> kept = [];
        if (TryTake("by"))
        {
            Expect("(");
            do
            {
                kept.Add(Take());
            }
            while (TryTake(","));
            Expect(")");
        }

        return new PromValue(
        [
            .. Argument().Series.GroupBy(series => series.Only(kept.Contains, 0).Key())
                .Select(group => group.First().Only(kept.Contains, by(group.Select(series => series.Value)))),
        ]);
    }

    // Of anything but one series it is no number.
    private static PromValue Scalar(PromValue value) =>
        PromValue.Of(value.Series is [{ } one] ? one.Value : double.NaN);

    private PromValue ClampMin()
    {
        Expect("(");
        PromValue value = Comparison();
        Expect(",");
        double least = Closed(Comparison()).Number;
        return value.Map(one => Math.Max(one, least));
    }

    private PromValue Rates()
    {
        Expect("(");
        PromValue rates = Select(Take(), series => series.Rate);
        Assert.Matches(@"^\[\d+m\]$", Take());
        return Closed(rates);
    }

    private PromValue Quantile()
    {
        Expect("(");
        double quantile = Comparison().Number;
        Expect(",");
        return new PromValue(
        [
            .. Closed(Comparison()).Series.Where(series => series.Labels.ContainsKey("le"))
                .GroupBy(series => series.Only(label => label != "le", 0).Key())
                .Select(group => group.First().Only(label => label != "le", QuantileOf(quantile, [.. group]))),
        ]);
    }

    // Prometheus' answer where it lies in the last bucket is the bound before it; elsewhere this takes a bucket's upper
    // bound for what lies in it.
    private static double QuantileOf(double quantile, PromSeries[] buckets)
    {
        (double Bound, double Count)[] ordered =
        [
            .. buckets.Select(series => (BoundOf(series.Labels["le"]), series.Value)).OrderBy(bucket => bucket.Item1),
        ];
        Assert.Equal(double.PositiveInfinity, ordered[^1].Bound);
        double rank = quantile * ordered[^1].Count;
        return ordered[^1].Count == 0 ? double.NaN
            : ordered[..^1].Where(bucket => bucket.Count >= rank).Select(bucket => bucket.Bound)
                .DefaultIfEmpty(ordered[^2].Bound).First();
    }

    private static double BoundOf(string le) =>
        le == "+Inf" ? double.PositiveInfinity : double.Parse(le, CultureInfo.InvariantCulture);

    private PromValue Select(string name, Func<PromSeries, double> value)
    {
        List<(string Label, Regex Is)> matchers = [];
        if (TryTake("{"))
        {
            do
            {
                string label = Take();
                bool isPattern = Take() == "=~";
                string text = Take()[1..^1];
                matchers.Add((label, new Regex($"^(?:{(isPattern ? text : Regex.Escape(text))})$")));
            }
            while (TryTake(","));
            Expect("}");
        }

        return new PromValue(
        [
            .. _state.Series.Where(series => series.Name == name && matchers.TrueForAll(
                    matcher => matcher.Is.IsMatch(series.Labels.GetValueOrDefault(matcher.Label, string.Empty))))
                .Select(series => series.Only(_ => true, value(series))),
        ]);
    }

    private PromValue Argument()
    {
        Expect("(");
        return Closed(Comparison());
    }

    private PromValue Closed(PromValue value)
    {
        Expect(")");
        return value;
    }

    private string Peek => _next < _tokens.Length ? _tokens[_next] : string.Empty;

    private string Take() => _tokens[_next++];

    private void Expect(string token) => Assert.Equal(token, Take());

    private bool TryTake(string token)
    {
        bool isIt = Peek == token;
        _next += isIt ? 1 : 0;
        return isIt;
    }

    [GeneratedRegex("""[a-zA-Z_][a-zA-Z0-9_]*|\d+(\.\d+)?|"[^"]*"|\[\d+m\]|=~|[-+*/>(){},=]""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
