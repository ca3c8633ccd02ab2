namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>A vector of PromQL, or a number, which stands beside every series of a vector.</summary>
/// <param name="series">The series; of a number, one without labels.</param>
/// <param name="isNumber">Whether it is one.</param>
internal sealed class PromValue(IReadOnlyList<PromSeries> series, bool isNumber = false)
{
    public IReadOnlyList<PromSeries> Series => series;

    public double Number => isNumber ? series[0].Value : throw new InvalidOperationException("It is no number.");

    private bool IsNumber => isNumber;

    public static PromValue Of(double number) =>
        new([new PromSeries(string.Empty, new Dictionary<string, string>(), number, 0)], isNumber: true);

    public PromValue Map(Func<double, double> map) =>
        new([.. series.Select(one => one with { Value = map(one.Value) })], isNumber);

    /// <summary>Each series with the other's of the same labels, or with its number.</summary>
    /// <param name="other">The other.</param>
    /// <param name="combine">What they make; null: nothing.</param>
    public PromValue Combine(PromValue other, Func<double, double, double?> combine)
    {
        if (isNumber && !other.IsNumber)
        {
            return other.Combine(this, (one, number) => combine(number, one));
        }

        Dictionary<string, double> partners = other.Series.ToDictionary(one => one.Key(), one => one.Value);
        return new PromValue(
            [
                .. series
                    .Select(one => (one, Value: other.IsNumber ? combine(one.Value, other.Number)
                        : partners.TryGetValue(one.Key(), out double partner) ? combine(one.Value, partner) : null))
                    .Where(pair => pair.Value is not null)
                    .Select(pair => pair.one with { Value = pair.Value!.Value }),
            ],
            isNumber && other.IsNumber);
    }
}
