using System.Numerics;
using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.Simulation;

/// <summary>A gallery as a dictionary of plain lists: what the cluster's answers are compared with. It shares no sum,
/// hash or score with the product.</summary>
internal sealed class PlainGallery
{
    private readonly Dictionary<string, List<PlainImage>> _identities = new(StringComparer.Ordinal);

    private readonly Dictionary<string, SortedDictionary<string, string>> _attributes = new(StringComparer.Ordinal);

    /// <summary>Contents that were erased, and are refused.</summary>
    public HashSet<int> Erased { get; } = [];

    /// <summary>What moved, in order.</summary>
    public List<PlainTransfer> Transfers { get; } = [];

    /// <summary>The identities that have images, by id.</summary>
    public string[] Ids => [.. _identities.Keys.Order(IdOrder.Instance)];

    /// <summary>All images of all identities.</summary>
    public int Images => _identities.Values.Sum(images => images.Count);

    /// <summary>The identities that have a direction.</summary>
    public int Rows => _identities.Values.Count(images => Direction(images) is not null);

    /// <summary>The identities' hashes.</summary>
    public IEnumerable<BigInteger> Hashes => _identities.Keys.Select(Number);

    /// <summary>The gallery's root hash.</summary>
    public string RootHash => HashLayout.Sum(Hashes);

    /// <summary>An identity's images; none: there is no such identity.</summary>
    public IReadOnlyList<PlainImage> this[string id] => _identities.GetValueOrDefault(id) ?? [];

    /// <summary>An image of an identity.</summary>
    public PlainImage? Find(string id, string imageId) => this[id].FirstOrDefault(image => image.ImageId == imageId);

    /// <summary>An identity's hash.</summary>
    public string HashOf(string id) => HashLayout.Sum([Number(id)]);

    /// <summary>Whether an identity can be found by searches.</summary>
    public bool HasDirection(string id) => Direction(this[id]) is not null;

    public void Add(string id, params IEnumerable<PlainImage> images)
    {
        if (!_identities.TryGetValue(id, out List<PlainImage>? list))
        {
            _identities.Add(id, list = []);
        }

        list.AddRange(images);
    }

    public void Remove(string id, IEnumerable<PlainImage> images)
    {
        PlainImage[] removed = [.. images];
        _identities[id].RemoveAll(removed.Contains);
        if (_identities[id].Count == 0)
        {
            _identities.Remove(id);
            _attributes.Remove(id);
        }
    }

    /// <summary>An identity's attributes, to be read or changed.</summary>
    public SortedDictionary<string, string> Attributes(string id)
    {
        if (!_attributes.TryGetValue(id, out SortedDictionary<string, string>? attributes))
        {
            attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (_identities.ContainsKey(id))
            {
                _attributes.Add(id, attributes);
            }
        }

        return attributes;
    }

    /// <summary>An observed identity is one as any other from now on.</summary>
    public void Confirm(string id) => Forget(id, ReservedAttributes.Have);

    /// <summary>An identity loses the attributes that callers gave it.</summary>
    public void ForgetOwnAttributes(string id) => Forget(id, key => !ReservedAttributes.Have(key));

    /// <summary>The mean of 1 - score of an identity's images with their centroid; null: it has no direction.</summary>
    public double? Dispersion(string id) => Direction(this[id]) is not { } centroid ? null
        : this[id].Average(image => 1 - Unit([.. image.Embedding.Select(component => (double)component)])!
            .Zip(centroid, (a, b) => a * b).Sum());

    /// <summary>An identity's attributes as text.</summary>
    public string AttributesText(string id) => TextOf(Attributes(id));

    /// <summary>Attributes as text.</summary>
    public static string TextOf(IEnumerable<KeyValuePair<string, string>> attributes) => string.Join(
        " ", attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Moves images, and what attributes go with them.</summary>
    /// <param name="transfer">The images.</param>
    /// <param name="undone">What is undone; null: nothing.</param>
    /// <returns>The transfer with the attributes that went.</returns>
    public PlainTransfer Move(PlainTransfer transfer, PlainTransfer? undone)
    {
        bool isWhole = transfer.Images.Count == this[transfer.From].Count;
        bool isNewTarget = this[transfer.To].Count == 0;
        SortedDictionary<string, string> from = Attributes(transfer.From);
        Add(transfer.To, transfer.Images);
        SortedDictionary<string, string> to = Attributes(transfer.To);
        List<KeyValuePair<string, string>> given = [];
        List<KeyValuePair<string, string>> shared = [];
        IReadOnlyDictionary<string, string>? ended = isWhole ? PlainState.Of(from) : null;
        bool confirms = undone is null && PlainState.Of(from) is null && PlainState.Of(to) is not null;
        IReadOnlyDictionary<string, string>? cleared = confirms ? PlainState.Of(to) : null;
        if (confirms)
        {
            Confirm(transfer.To);
        }
        else if (undone is null)
        {
            PlainState.SeeLater(to, from);
        }

        PlainState.Restore(isNewTarget ? undone?.Ended : null, to);
        PlainState.Restore(
            isWhole || PlainState.Of(from) is not null || !transfer.IsUnchanged ? null : undone?.Cleared, from);
        foreach (KeyValuePair<string, string> one in from.Where(pair => !ReservedAttributes.Have(pair.Key)).ToArray())
        {
            (string key, string value) = one;
            bool leaves = isWhole || undone?.Given.Contains(one) == true;
            if (!leaves && undone?.Shared.Contains(one) != true)
            {
                continue;
            }

            bool isNew = to.TryAdd(key, value);
            if (leaves)
            {
                from.Remove(key);
            }

            if (leaves && isNew)
            {
                given.Add(one);
            }
            else if (to[key] == value)
            {
                shared.Add(one);
            }
        }

        Remove(transfer.From, transfer.Images);
        return transfer with { Given = given, Shared = shared, Ended = ended, Cleared = cleared };
    }

    /// <summary>Every identity's score with a query: the cosine, of plain sums in double precision.</summary>
    /// <param name="query">The query, of any length but 0.</param>
    /// <param name="excludedFacet">A facet whose images are left out; null: none.</param>
    /// <param name="lets">Which identities may be answered; null: all.</param>
    /// <returns>Score and images by identity; who has no direction is not in it.</returns>
    public Dictionary<string, double> Scores(float[] query, string? excludedFacet, Func<string, bool>? lets = null)
    {
        double[] unit = Unit(query.Select(component => (double)component).ToArray())!;
        Dictionary<string, double> scores = new(StringComparer.Ordinal);
        foreach ((string id, List<PlainImage> images) in _identities)
        {
            if (lets?.Invoke(id) != false
                && Direction(images.Where(image => image.Facet != excludedFacet)) is { } direction)
            {
                scores.Add(id, unit.Zip(direction, (a, b) => a * b).Sum());
            }
        }

        return scores;
    }

    private void Forget(string id, Func<string, bool> which)
    {
        SortedDictionary<string, string> attributes = Attributes(id);
        foreach (string key in attributes.Keys.Where(which).ToArray())
        {
            attributes.Remove(key);
        }
    }

    private BigInteger Number(string id) =>
        HashLayout.OfIdentity(id, [.. this[id].Select(image => (image.Facet, image.Embedding))]);

    private static double[]? Direction(IEnumerable<PlainImage> images)
    {
        double[] sum = new double[PlainImage.Dimension];
        foreach (PlainImage image in images)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                // Multiples of 2^-30: these sums are exact.
                sum[i] += Math.Round(image.Embedding[i] * 1073741824.0, MidpointRounding.ToEven) / 1073741824.0;
            }
        }

        return Unit(sum);
    }

    private static double[]? Unit(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(component => component * component));
        return length == 0 ? null : [.. vector.Select(component => component / length)];
    }
}
