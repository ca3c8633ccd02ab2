namespace OrleansGallery.Inference.Checkpoints;

/// <summary>The persistent ids by which PyTorch's pickles refer to storages.</summary>
internal sealed class TorchIds
{
    private readonly Dictionary<string, PickleStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>The storages referred to, whole, by key.</summary>
    public IReadOnlyDictionary<string, PickleStorage> Storages => _storages;

    /// <summary>Makes what an id stands for.</summary>
    /// <param name="id">('storage', class, key, device, elements[, view]).</param>
    /// <returns>A storage; an inert object where its class has no name here.</returns>
    /// <exception cref="PickleException">The id is malformed, or differs from an earlier one of the same key.</exception>
    public object? Storage(PickleTuple id)
    {
        if (id.Items is ["module", var module, ..])
        {
            return module;
        }

        if (id.Items is not ["storage", PickleGlobal type, string key, _, long count, ..] || count < 0)
        {
            throw new PickleException("its pickle refers to a storage by what is no storage's id.");
        }

        bool untyped = type.Name is "UntypedStorage" or "_UntypedStorage";
        SafetensorsType? element = PickleStorage.TypeOf(type.Name);
        if (element is null && !untyped)
        {
            return new PickleObject(type.FullName, id);
        }

        PickleStorage whole = new(key, element, count, 0);
        if (_storages.TryGetValue(key, out PickleStorage? known) && known != whole)
        {
            throw new PickleException($"its pickle has storage '{key}' once as {known.Count} and once as {count} elements or of two types.");
        }

        _storages[key] = whole;
        return id.Items is [_, _, _, _, _, PickleTuple { Items: [_, long offset, long length, ..] }, ..]
            ? View(whole, offset, length)
            : whole;
    }

    private static PickleStorage View(PickleStorage whole, long offset, long length) =>
        offset >= 0 && length >= 0 && offset <= whole.Count - length
            ? whole with { Offset = offset, Count = length }
            : throw new PickleException($"its pickle has a view that lies not within storage '{whole.Key}'.");
}
