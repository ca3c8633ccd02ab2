using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Adds up a partition's images, identity by identity, and compares with the stored sums.</summary>
internal sealed class PartitionAudit(int dimension) : IPartitionAudit
{
    private const int MaxDifferences = 100;

    private readonly Dictionary<string, Hash256> _stored = new(StringComparer.Ordinal);
    private readonly List<string> _differences = [];
    private Hash256 _hash;
    private IdentityCentroid? _centroid;
    private string _identityId = string.Empty;
    private long _identities;
    private long _images;

    /// <summary>The sequence of the snapshot that was read; -1: the partition is gone.</summary>
    public long Sequence { get; private set; } = -1;

    /// <inheritdoc />
    public void OnPosition(PartitionPosition position) => Sequence = position.Sequence;

    /// <inheritdoc />
    public void OnIdentity(StoredIdentity identity)
    {
        IdentityCentroid centroid = IdentityCentroid.FromFacets(
            dimension, identity.Facets.Select(f => KeyValuePair.Create(f.Facet, new RunningCentroid(f.Count, f.Sum))));
        _stored.Add(identity.IdentityId, centroid.ComputeHash(identity.IdentityId));
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
    }

    /// <summary>Ends the count.</summary>
    public VerificationReport Finish()
    {
        FinishIdentity();
        foreach (string identityId in _stored.Keys)
        {
            Note($"Identity '{identityId}' has sums but no image.");
        }

        return new VerificationReport
        {
            Identities = _identities,
            Images = _images,
            Hash = _hash.ToString(),
            Differences = _differences,
        };
    }

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
