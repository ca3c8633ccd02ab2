namespace OrleansGallery.Retrieval;

/// <summary>Makes one object of equal attributes, and of their texts: many identities have the same.</summary>
internal sealed class AttributePool
{
    // Above it attributes are of single identities, and little is shared any more.
    private const int MaxEntries = 16 << 10;

    private readonly Dictionary<AttributeSet, AttributeSet> _sets = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The attributes to keep.</summary>
    /// <param name="attributes">The attributes; null or none: null.</param>
    public AttributeSet? Of(AttributeSet? attributes)
    {
        if (attributes is not { Count: > 0 })
        {
            return null;
        }

        if (_sets.TryGetValue(attributes, out AttributeSet? known))
        {
            return known;
        }

        if (_sets.Count >= MaxEntries || _texts.Count >= MaxEntries)
        {
            _sets.Clear();
            _texts.Clear();
        }

        known = AttributeSet.Of(attributes.Pairs.Select(
            pair => KeyValuePair.Create(TextOf(pair.Key), TextOf(pair.Value))));
        return _sets[known] = known;
    }

    private string TextOf(string text) => _texts.TryGetValue(text, out string? known) ? known : _texts[text] = text;
}
