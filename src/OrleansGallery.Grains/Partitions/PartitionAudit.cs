using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Adds up a partition's images, identity by identity, and compares with the stored sums, with the rows beside
/// them, and with the partition's totals; and looks at every picture.</summary>
/// <param name="dimension">The gallery's dimension.</param>
/// <param name="keepsOriginals">Whether an image that has a picture must have its original.</param>
internal sealed class PartitionAudit(int dimension, bool keepsOriginals = false) : IPartitionAudit
{
    private const int MaxDifferences = 100;

    private readonly Dictionary<string, Hash256> _stored = new(StringComparer.Ordinal);
    private readonly List<string> _differences = [];
    private PartitionState? _state;
    private Hash256 _hash;
    private IdentityCentroid? _centroid;
    private string _identityId = string.Empty;
    private long _identities;
    private long _images;
    private long _rows;

    /// <summary>The sequence of the snapshot that was read; -1: the partition is gone.</summary>
    public long Sequence => _state?.Position.Sequence ?? -1;

    /// <inheritdoc />
    public void OnPartition(PartitionState state) => _state = state;

    /// <inheritdoc />
    public void OnIdentity(StoredRow row, IReadOnlyList<StoredFacet> facets)
    {
        IdentityCentroid centroid = StoreRecords.ToCentroid(dimension, facets);
        Hash256 hash = centroid.ComputeHash(row.IdentityId);
        float[] unit = new float[dimension];
        VectorBytes? expected = centroid.TryGetCentroid(unit) ? VectorBytes.From(unit) : null;
        if (row.Count != centroid.Count || row.Hash != hash
            || !(row.Centroid ?? []).AsSpan().SequenceEqual(expected?.Bytes ?? []))
        {
            Note($"Identity '{row.IdentityId}': its row ({row.Count} images, hash {row.Hash}) is not what its sums "
                + $"make ({centroid.Count} images, hash {hash}).");
        }

        _rows += row.Centroid is null ? 0 : 1;
        _stored.Add(row.IdentityId, hash);
    }

    /// <inheritdoc />
    public void OnImage(string identityId, StoredImage image)
    {
        if (_centroid is null || identityId != _identityId)
        {
            FinishIdentity();
            _identityId = identityId;
            _centroid = new IdentityCentroid(dimension);
        }

        _images++;
        try
        {
            _centroid.Add(image.Facet, new VectorBytes(image.Embedding!).Components);
        }
        catch (EmbeddingException exception)
        {
            Note($"Identity '{identityId}', image '{image.ImageId}': {exception.Message}");
        }

        if (image.HasPicture && FaultOf(image) is { } fault)
        {
            Note($"Identity '{identityId}', image '{image.ImageId}': {fault}.");
        }
    }

    /// <summary>Ends the count.</summary>
    public VerificationReport Finish()
    {
        FinishIdentity();
        foreach (string identityId in _stored.Keys)
        {
            Note($"Identity '{identityId}' has sums but no image.");
        }

        StoredTotals totals = new(_identities, _images, _rows, _hash);
        if (_state is not null && _state.Totals != totals)
        {
            Note($"Partition {_state.Key.Partition}: its totals say {Describe(_state.Totals)}; it holds "
                + $"{Describe(totals)}.");
        }

        return new VerificationReport
        {
            Identities = _identities,
            Images = _images,
            Hash = _hash.ToString(),
            Differences = _differences,
        };
    }

    private string? FaultOf(StoredImage image) => image.Picture is not { } picture ? "its thumbnail is missing"
        : !SHA256.HashData(picture.Thumbnail).AsSpan().SequenceEqual(picture.ThumbnailHash)
            ? "its thumbnail is not what was written"
        : picture.Original is null ? keepsOriginals ? "its original is missing" : null
        : !SHA256.HashData(picture.Original).AsSpan().SequenceEqual(image.ContentHash)
            ? "its original is not what its content hash says"
        : null;

    private static string Describe(StoredTotals totals) =>
        $"{totals.Identities} identities, {totals.Images} images, {totals.Rows} rows, hash {totals.Hash}";

    private void FinishIdentity()
    {
        if (_centroid is null)
        {
            return;
        }

        Hash256 computed = _centroid.ComputeHash(_identityId);
        if (!_stored.Remove(_identityId, out Hash256 stored) || stored != computed)
        {
            Note($"Identity '{_identityId}': its images make {computed}, its sums say {stored}.");
        }

        _hash += computed;
        _identities++;
        _centroid = null;
    }

    private void Note(string difference)
    {
        if (_differences.Count < MaxDifferences)
        {
            _differences.Add(difference);
        }
    }
}
