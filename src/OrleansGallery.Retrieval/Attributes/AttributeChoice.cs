namespace OrleansGallery.Retrieval;

/// <summary>Texts of one key, of which an identity may have any.</summary>
public sealed class AttributeChoice
{
    private readonly int[] _hashes;

    /// <summary>A choice.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">The texts; none: no identity has one of them.</param>
    public AttributeChoice(string key, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(values);
        Key = key;
        Values = [.. values.Distinct(StringComparer.Ordinal)];
        _hashes = [.. Values.Select(value => AttributeSet.HashOf(key, value))];
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The texts, each once.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether attributes have one of the texts.</summary>
    /// <param name="attributes">The attributes.</param>
    public bool Lets(AttributeSet attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return attributes.Find(Key) is { } value && Values.Contains(value, StringComparer.Ordinal);
    }

    /// <summary>Marks the slots of a chunk whose identities have one of the texts.</summary>
    /// <param name="attributes">The chunk's attributes.</param>
    /// <param name="marks">A bit per slot.</param>
    internal void Mark(ChunkAttributes attributes, Span<ulong> marks)
    {
        for (int i = 0; i < _hashes.Length; i++)
        {
            attributes.Mark(Key, Values[i], _hashes[i], marks);
        }
    }
}
