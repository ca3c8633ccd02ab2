using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>The keys in a store itself: whoever may write to it needs none.</summary>
/// <param name="keys">The store's.</param>
/// <param name="time">The clock.</param>
public sealed class OfflineKeys(IStoredKeys keys, TimeProvider time)
{
    /// <summary>Makes a key.</summary>
    /// <param name="request">What it is to be good for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The key, with itself.</returns>
    /// <exception cref="InvalidDataException">Something is missing or out of its range, or there are too many.
    /// </exception>
    public async Task<KeyResponse> CreateAsync(CreateKeyRequest request, CancellationToken cancellationToken)
    {
        NewKey key;
        try
        {
            key = NewKey.Of(request, time.GetUtcNow());
        }
        catch (GalleryException refused)
        {
            throw new InvalidDataException(refused.Message, refused);
        }

        return await keys.AddAsync(KeyRecords.ToStored(key.Stored), cancellationToken)
            ? KeyAnswers.Of(key.Stored) with { Key = key.Text }
            : throw new InvalidDataException(KeyRecords.TooMany);
    }

    /// <summary>The keys, in the order in which they were made.</summary>
    /// <param name="withRevoked">Whether revoked ones are wanted.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The keys.</returns>
    public async Task<IReadOnlyList<KeyResponse>> ListAsync(bool withRevoked, CancellationToken cancellationToken) =>
    [
        .. (await keys.ListAsync(withRevoked, cancellationToken)).Select(KeyRecords.ToKey).Select(KeyAnswers.Of),
    ];

    /// <summary>Revokes a key for good.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The key as it is now.</returns>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public async Task<KeyResponse> RevokeAsync(string id, CancellationToken cancellationToken) =>
        KeyAnswers.Of(KeyRecords.ToKey(
            await keys.RevokeAsync(id, time.GetUtcNow(), cancellationToken)
            ?? throw new InvalidDataException($"There is no key with the id '{id}'.")));
}
