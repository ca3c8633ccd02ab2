namespace OrleansGallery.Retrieval;

/// <summary>An identity's attributes: keys with a text each. Never changes; equal where keys and texts are.</summary>
public sealed class AttributeSet : IEquatable<AttributeSet>
{
    private readonly KeyValuePair<string, string>[] _pairs;

    private AttributeSet(KeyValuePair<string, string>[] pairs) => _pairs = pairs;

    /// <summary>No attributes.</summary>
    public static AttributeSet Empty { get; } = new([]);

    /// <summary>The attributes by key (ordinal).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>How many there are.</summary>
    public int Count => _pairs.Length;

    /// <summary>Attributes of keys and texts.</summary>
    /// <param name="pairs">Each key once, in any order.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">A key is there twice.</exception>
    public static AttributeSet Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        KeyValuePair<string, string>[] sorted = [.. pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                throw new ArgumentException($"The key '{sorted[i].Key}' is there twice.", nameof(pairs));
            }
        }

        return sorted.Length == 0 ? Empty : new(sorted);
    }

    /// <summary>The text of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Its text; null: there is none.</returns>
    public string? Find(string key)
    {
        foreach (KeyValuePair<string, string> pair in _pairs)
        {
            if (pair.Key == key)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>These attributes with some others.</summary>
    /// <param name="changes">Keys with their new texts; null takes the key out.</param>
    /// <returns>The set; this one, where nothing changes.</returns>
    public AttributeSet With(IEnumerable<KeyValuePair<string, string?>> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Dictionary<string, string> changed = ToDictionary();
        foreach ((string key, string? value) in changes)
        {
            if (value is null)
            {
                changed.Remove(key);
            }
            else
            {
                changed[key] = value;
            }
        }

        AttributeSet set = Of(changed);
        return Equals(set) ? this : set;
    }

    /// <summary>A copy to be changed or sent.</summary>
    /// <returns>The copy.</returns>
    public Dictionary<string, string> ToDictionary() => new(_pairs, StringComparer.Ordinal);

    /// <inheritdoc />
    public bool Equals(AttributeSet? other) =>
        ReferenceEquals(this, other) || (other is not null && _pairs.AsSpan().SequenceEqual(other._pairs));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AttributeSet);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (KeyValuePair<string, string> pair in _pairs)
        {
            hash.Add(HashOf(pair.Key, pair.Value));
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(", ", _pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The hash of one attribute, of this process alone, so that nobody can choose some that meet.</summary>
    internal static int HashOf(string key, string value) => HashCode.Combine(
        string.GetHashCode(key, StringComparison.Ordinal), string.GetHashCode(value, StringComparison.Ordinal));

    /// <summary>Whether a key has a text.</summary>
    internal bool Has(string key, string value) => Find(key) == value;
}
