namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// A Python dictionary in its order. Only text keys can be found: hashing any other key would walk what it is made of, and
/// tuples of tuples of one shared tuple have no end.
/// </summary>
internal sealed class PickleDictionary
{
    private readonly List<KeyValuePair<object, object?>> _items = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public IReadOnlyList<KeyValuePair<object, object?>> Items => _items;

    public object? this[string key] => _places.TryGetValue(key, out int place) ? _items[place].Value : null;

    /// <summary>Sets a key; as in Python a later value replaces an earlier one in its place.</summary>
    public void Set(object? key, object? value)
    {
        KeyValuePair<object, object?> item = new(key ?? PickleObject.None, value);
        if (key is string text)
        {
            if (_places.TryGetValue(text, out int place))
            {
                _items[place] = item;
                return;
            }

            _places.Add(text, _items.Count);
        }

        _items.Add(item);
    }
}
