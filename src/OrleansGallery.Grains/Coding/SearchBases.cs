using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>The galleries' search bases as the store has them; each is read once per version, and everyone on this
/// silo codes with the same one.</summary>
internal sealed partial class SearchBases(
    IGalleryStore store, IOptions<CoderOptions> options, ILogger<SearchBases> logger)
{
    private readonly ConcurrentDictionary<long, KnownBasis> _known = new();

    /// <summary>A gallery's basis as the store has it now.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="dimension">Its dimension.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The basis.</returns>
    public async Task<KnownBasis> FindAsync(long gallery, int dimension, CancellationToken cancellationToken)
    {
        KnownBasis known = _known.GetValueOrDefault(gallery, KnownBasis.None);
        return await store.ReadSearchBasisVersionAsync(gallery, cancellationToken) == known.Version
            || await store.ReadSearchBasisAsync(gallery, cancellationToken) is not { } stored
                ? known
                : FollowAfter(known, gallery, Parse(gallery, dimension, stored, known));
    }

    /// <summary>A basis is the store's from now on.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="basis">The basis.</param>
    /// <returns>What everyone on this silo codes with.</returns>
    public KnownBasis Follow(long gallery, KnownBasis basis) =>
        _known.AddOrUpdate(gallery, basis, (_, known) => known.Version == basis.Version ? known : basis);

    /// <summary>How rows that are read ahead are coded.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="dimension">Its dimension.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The coding; null: not at all, or later.</returns>
    public async Task<RowCoding?> CodingAsync(
        long gallery, int dimension, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return null;
        }

        try
        {
            return (await FindAsync(gallery, dimension, cancellationToken)).Coding;
        }
        catch (Exception exception) when (exception is StoreAwayException or StorageException)
        {
            // Searches do without; the coder tries again.
            Log.NotRead(logger, gallery, exception);
            return null;
        }
    }

    /// <summary>Hears that a gallery is gone.</summary>
    /// <param name="gallery">Its number.</param>
    public void Forget(long gallery) => _known.TryRemove(gallery, out _);

    // What somebody else has put there since this reader began is at least as new.
    private KnownBasis FollowAfter(KnownBasis known, long gallery, KnownBasis basis) =>
        _known.TryAdd(gallery, basis) || _known.TryUpdate(gallery, basis, known)
            ? basis
            : _known.GetValueOrDefault(gallery, basis);

    private KnownBasis Parse(long gallery, int dimension, StoredBasis stored, KnownBasis known)
    {
        try
        {
            SearchBasis basis = BasisFile.Read(stored.Bytes);
            return basis.Dimension == dimension
                ? new KnownBasis(stored.Version, basis, new RowCoding(dimension, basis))
                : throw new InvalidDataException(
                    $"The basis has {basis.Dimension} dimensions; the gallery has {dimension}.");
        }
        catch (InvalidDataException exception)
        {
            // Rows stay as they are coded, which is never wrong; another basis is learned.
            Log.BasisDamaged(logger, gallery, stored.Version, exception);
            return new KnownBasis(stored.Version, null, known.Coding);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning,
            "Gallery {Gallery}: search basis {Version} is damaged; another will be learned")]
        public static partial void BasisDamaged(ILogger logger, long gallery, long version, Exception exception);

        [LoggerMessage(LogLevel.Information,
            "Gallery {Gallery}: the search basis could not be read; rows are coded later")]
        public static partial void NotRead(ILogger logger, long gallery, Exception exception);
    }
}
