using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>What an identity's ledger needs of its partition and of the store.</summary>
internal interface IIdentityHome
{
    /// <summary>Loads the identity, after the verdict of a change of it that is under way.</summary>
    Task<IdentityState> LoadAsync();

    /// <summary>Confirms that a version is the last, before an answer is given from memory.</summary>
    Task ConfirmAsync(long version);

    /// <summary>Commits a net change.</summary>
    Task<CommitReceipt> CommitAsync(IdentityChange change);

    /// <summary>Which contents were erased and are refused still.</summary>
    Task<IReadOnlyList<ErasedContent>> FindErasedAsync(IReadOnlyList<byte[]> digests);

    /// <summary>Operations were worked into the identity's sums.</summary>
    /// <param name="started">When that began, a <see cref="System.Diagnostics.Stopwatch"/>'s time stamp.</param>
    void OnFolded(long started)
    {
    }

    /// <summary>Reads a stored embedding, little-endian float32.</summary>
    Task<VectorBytes> ReadEmbeddingAsync(string imageId);
}
