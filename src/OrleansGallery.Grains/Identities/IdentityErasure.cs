using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Carries out erasures of an identity, whose ledger stands still meanwhile. The commit takes what was asked for out of
/// everybody's sight and has its contents refused; then what it left behind goes, a little at a time, and nobody is
/// told that it is done before that is. Whoever asks again after a silo's end has the rest done.
/// </summary>
/// <param name="partition">The identity's partition.</param>
/// <param name="home">The identity as it is stored.</param>
/// <param name="store">The store.</param>
/// <param name="writes">Its writes.</param>
/// <param name="key">The partition.</param>
internal sealed class IdentityErasure(
    IPartitionGrain partition, IIdentityHome home, IGalleryStore store, StoreWrites writes, PartitionKey key)
{
    private const int PurgedRows = 500;
    private const int LogTries = 100;

    private static readonly TimeSpan LogPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Carries one out, or finds that it was.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="state">The identity.</param>
    /// <returns>The receipt; nothing is left of what it took.</returns>
    public Task<ErasureReceipt> RunAsync(EraseRequest request, IdentityState state)
    {
        byte[] digest = OperationRecords.DigestOf(state.IdentityId, request);
        return OperationAttempts.RunAsync(
            () => FindAsync(request.OperationId, digest),
            async isFirst => await RunOnceAsync(request, digest, isFirst ? state : await home.LoadAsync()),
            done => FinishAsync(state.IdentityId, done));
    }

    /// <summary>Waits until nothing of what was erased is in the store's log either. The identity goes on meanwhile.
    /// </summary>
    /// <param name="done">The erasure, which is carried out.</param>
    /// <returns>When the log is empty.</returns>
    /// <exception cref="RetryException">A read that began before it still needs the log.</exception>
    public async Task EmptyLogAsync(ErasureReceipt done)
    {
        for (int tries = 1; tries <= LogTries; tries++)
        {
            if (await writes.RunAsync(writer => writer.TryForgetDeletedAsync(CancellationToken.None)))
            {
                return;
            }

            await Task.Delay(LogPause);
        }

        throw new RetryException(
            $"The erasure '{done.OperationId}' is done, but a read that began before it keeps the erased bytes in the "
            + "store's log. Send it again with the same operation id: it is answered when they are gone.");
    }

    private async Task<ErasureReceipt?> FindAsync(string operationId, byte[] digest)
    {
        StoredOperation? found = await store.ReadOperationAsync(key.Gallery, operationId, CancellationToken.None);
        if (found is null)
        {
            return null;
        }

        OperationRecords.RequireSame(found, digest);
        return OperationRecords.ToErasure(found);
    }

    private async Task<ErasureReceipt> RunOnceAsync(EraseRequest request, byte[] digest, IdentityState state)
    {
        IdentityDraft draft = await DraftAsync(request.ImageId, state);
        byte[][] contents = request.ImageId is { } image
            ? [state.Images[image].ContentHash]
            : [.. state.Images.Values.Select(known => known.ContentHash)];
        return await partition.EraseAsync(new ErasureChange
        {
            Token = Guid.NewGuid(),
            Change = draft.ToChange(),
            Digest = digest,
            Receipt = new ErasureReceipt
            {
                OperationId = request.OperationId,
                ImageId = request.ImageId,
                ImagesErased = contents.Length,
                ContentsHash = HashOf(contents),
                Identity = state.ToSide(draft.Centroid),
                ErasedAt = default,
            },
        });
    }

    // A refusal is final, and must be of what is there now.
    private async Task<IdentityDraft> DraftAsync(string? imageId, IdentityState state)
    {
        IdentityDraft draft = new(state, home.ReadEmbeddingAsync);
        try
        {
            if (imageId is null)
            {
                draft.Delete();
            }
            else
            {
                await draft.RemoveAsync(imageId);
            }

            return draft;
        }
        catch (GalleryException refusal) when (!refusal.Retryable)
        {
            await home.ConfirmAsync(state.Version);
            throw;
        }
    }

    private async Task<ErasureReceipt> FinishAsync(string identityId, ErasureReceipt done)
    {
        await home.ConfirmAsync((await partition.GetVersionAsync(identityId)).Version);
        while (await writes.RunAsync(
            writer => writer.PurgeIdentityAsync(key, identityId, PurgedRows, CancellationToken.None)))
        {
        }

        if (done.ImageId is null || done.Identity.After.Count == 0)
        {
            await new SettingsChange(store, writes).RunAsync(
                key.Gallery, settings => Task.FromResult(DismissedPairs.Forget(settings, identityId)));
        }

        return done;
    }

    private static string HashOf(byte[][] contents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] content in contents.OrderBy(Convert.ToHexString, StringComparer.Ordinal))
        {
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
