using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Attributes;

/// <summary>Identities whose rows and attributes change at random, and filters over them.</summary>
/// <param name="dimension">Components.</param>
/// <param name="random">The source of chance.</param>
internal sealed class AttributeGallery(int dimension, Random random)
{
    private static readonly string[] Keys = ["colour", "brand", "size", "é"];

    private readonly Dictionary<string, RowChange> _rows = new(StringComparer.Ordinal);
    private readonly float[] _middle = TestVectors.Unit(random, dimension);

    public IReadOnlyCollection<RowChange> Rows => _rows.Values;

    /// <summary>Changes of some identities, each once.</summary>
    public RowChange[] Change(int identities, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => $"p{random.Next(identities)}").Distinct().Select(Change),
    ];

    public ScanQuery Query(AttributeFilter? filter, int top) => new(Near(), top) { Attributes = filter };

    /// <summary>A filter that lets some identities be matches, or none, or all.</summary>
    public AttributeFilter Filter() => new(
        [.. Keys.Where(_ => random.Next(3) == 0).Select(Choice)],
        [.. Keys.Where(_ => random.Next(5) == 0).Select(Choice)]);

    public Match[] Expect(ScanQuery query) => BruteForce.Search(
        query, _rows.Values.Where(row => query.Attributes?.Lets(row.Attributes ?? AttributeSet.Empty) != false));

    private AttributeChoice Choice(string key) =>
        new(key, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Text())]);

    private string Text() => $"v{random.Next(6)}";

    private RowChange Change(string id)
    {
        if (random.Next(8) == 0)
        {
            _rows.Remove(id);
            return new RowChange(id, 0, null);
        }

        return _rows[id] = new RowChange(id, random.Next(1, 9), Near())
        {
            Attributes = random.Next(4) == 0
                ? null
                : AttributeSet.Of([
                    .. Keys.Where(_ => random.Next(2) == 0).Select(key => KeyValuePair.Create(key, Text())),
                    new("name", id),
                ]),
        };
    }

    // Near enough to each other that bounds have to tell them apart.
    private float[] Near() => TestVectors.Nudged(random, _middle) is var unit && random.Next(2) == 0
        && UnitVector.IsUnit(unit)
        ? unit
        : TestVectors.Unit(random, dimension);
}
