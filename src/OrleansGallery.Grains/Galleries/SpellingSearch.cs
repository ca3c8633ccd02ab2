using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Finds identities whose ids are spellings of one name. Of two spellings at least one is not in the composed form,
/// which few ids are not: only of those the names are kept, and who else has them is found when all ids pass again.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="gallery">The gallery's number.</param>
internal sealed class SpellingSearch(IGalleryStore store, long gallery)
{
    // Each reads all ids of a gallery, twice.
    private static readonly Turnstile Turns = new("searches for spellings");

    private readonly SortedDictionary<string, List<IdentityEntry>> _names = new(IdOrder.Instance);

    /// <summary>Searches.</summary>
    /// <param name="most">At most so many names.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The names that more than one identity has.</returns>
    /// <exception cref="OverloadedException">Others wait for theirs.</exception>
    public Task<IReadOnlyList<IdentitySpellings>> RunAsync(int most, CancellationToken cancellationToken) =>
        Turns.RunAsync(() => SearchAsync(most, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<IdentitySpellings>> SearchAsync(int most, CancellationToken cancellationToken)
    {
        await ReadAsync(
            (listing, name) =>
            {
                if (listing.IdentityId != name)
                {
                    _names.TryAdd(name, []);
                }
            },
            cancellationToken);
        if (_names.Count > 0)
        {
            await ReadAsync(
                (listing, name) =>
                {
                    if (_names.TryGetValue(name, out List<IdentityEntry>? found))
                    {
                        found.Add(StoreRecords.ToEntry(listing));
                    }
                },
                cancellationToken);
        }

        return
        [
            .. _names.Where(name => name.Value.Count > 1).Take(most)
                .Select(name => new IdentitySpellings { Name = name.Key, Identities = name.Value }),
        ];
    }

    private async Task ReadAsync(Action<IdentityListing, string> onIdentity, CancellationToken cancellationToken)
    {
        await foreach (IdentityListing listing in store.WalkIdentitiesAsync(gallery, cancellationToken))
        {
            onIdentity(listing, CanonicalForm.Of(listing.IdentityId));
        }
    }
}
