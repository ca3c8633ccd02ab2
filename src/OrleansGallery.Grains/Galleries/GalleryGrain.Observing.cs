using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <content>Observations.</content>
internal sealed partial class GalleryGrain
{
    /// <inheritdoc />
    public async Task<ObservationRecord?> FindObservationAsync(string observationId, byte[]? digest)
    {
        long number = (await GetAsync()).Number;
        StoredOperation? found = await store.ReadOperationAsync(
            number, ObservationNotes.IdOf(observationId), CancellationToken.None);
        if (found is null)
        {
            return null;
        }

        ObservationRecord record = ObservationNotes.Read(found, digest);
        StoredOperation? undone = await store.ReadOperationAsync(
            number, ObservationNotes.UndoingIdOf(observationId), CancellationToken.None);
        return undone is null ? record : ObservationNotes.Read(undone, null);
    }

    /// <inheritdoc />
    public async Task<IdentityPage> ListObservedAsync(string? state, string? cursor, int limit)
    {
        Gallery gallery = await GetAsync();
        string? after = string.IsNullOrEmpty(cursor) ? null : IdRules.Require("cursor", cursor);
        List<IdentityEntry> observed = [];
        await foreach (IdentityListing identity in store.WalkIdentitiesAsync(
            gallery.Number, CancellationToken.None, after))
        {
            if (identity.Attributes.Find(ReservedAttributes.State) is { } its && (state is null || its == state))
            {
                if (observed.Count == limit)
                {
                    return new IdentityPage { Identities = observed, Next = observed[^1].IdentityId };
                }

                observed.Add(StoreRecords.ToEntry(identity));
            }
        }

        return new IdentityPage { Identities = observed, Next = null };
    }
}
