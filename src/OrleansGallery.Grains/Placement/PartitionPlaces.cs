using System.Collections.Concurrent;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Where every partition is, as far as this silo has heard: from announcements, from silos that were asked in vain, and
/// from partition grains. Of two places the one with the higher epoch is the newer. It may be wrong for a moment;
/// whoever is asked by mistake says so.
/// </summary>
/// <param name="roster">Who is running.</param>
internal sealed class PartitionPlaces(SiloRoster roster)
{
    private readonly ConcurrentDictionary<PartitionKey, PartitionPlace> _places = new();

    /// <summary>The last known place of a partition.</summary>
    /// <param name="key">The partition.</param>
    /// <returns>The place; null: not known, or its silo does not run.</returns>
    public PartitionPlace? Find(PartitionKey key) =>
        _places.TryGetValue(key, out PartitionPlace? place) && roster.Current.IsActive(place.Silo) ? place : null;

    /// <summary>Hears of a place.</summary>
    /// <param name="place">The place.</param>
    public void Learn(PartitionPlace place) => _places.AddOrUpdate(
        new PartitionKey(place.Gallery, place.Partition), place,
        (_, known) => place.Epoch > known.Epoch || !roster.Current.IsActive(known.Silo) ? place : known);

    /// <summary>Hears that a partition is not where it was thought to be.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="silo">The silo that does not have it.</param>
    public void Forget(PartitionKey key, SiloAddress silo)
    {
        if (_places.TryGetValue(key, out PartitionPlace? place) && place.Silo.Equals(silo))
        {
            _places.TryRemove(KeyValuePair.Create(key, place));
        }
    }

    /// <summary>The galleries of which it has heard.</summary>
    public IReadOnlyCollection<long> Galleries => _places.Keys.Select(key => key.Gallery).ToHashSet();

    /// <summary>Hears that a gallery is gone.</summary>
    /// <param name="gallery">Its number.</param>
    public void Forget(long gallery)
    {
        foreach (PartitionKey key in _places.Keys.Where(key => key.Gallery == gallery))
        {
            _places.TryRemove(key, out _);
        }
    }
}
