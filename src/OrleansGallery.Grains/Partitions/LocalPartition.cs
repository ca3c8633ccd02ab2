using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// A partition that this silo owns: its position, its search rows, its identities' versions and hashes, and the hash
/// over all of them. The committer's thread is its only writer; grains and scans read it from theirs.
/// </summary>
internal sealed class LocalPartition(
    PartitionKey key, PartitionPosition position, CentroidTable rows, bool isTaken = true)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LocalIdentity> _identities = new(StringComparer.Ordinal);
    private Hash256 _hash;
    private long _images;
    private long _sequence = position.Sequence;
    private volatile bool _isLost;

    /// <summary>Which partition.</summary>
    public PartitionKey Key { get; } = key;

    /// <summary>The centroids that searches compare.</summary>
    public CentroidTable Rows { get; } = rows;

    /// <summary>The epoch that this activation owns; written by the committer's thread alone.</summary>
    public long Epoch { get; set; } = position.Epoch;

    /// <summary>The count of commits; read outside the committer's thread only through
    /// <see cref="Describe"/>.</summary>
    public long Sequence => _sequence;

    /// <summary>Whether this activation has raised the epoch; false: it was loaded while the store took no writes, to
    /// be searched, and is taken before its first commit.</summary>
    public bool IsTaken { get; private set; } = isTaken;

    /// <summary>Whether another activation has taken the partition: this one must answer nothing any more.</summary>
    public bool IsLost => _isLost;

    /// <summary>The epoch was raised after all; for the committer's thread.</summary>
    /// <param name="epoch">The epoch that this activation owns.</param>
    public void Take(long epoch) => (Epoch, IsTaken) = (epoch, true);

    /// <summary>Marks the partition as another activation's.</summary>
    public void MarkLost() => _isLost = true;

    /// <summary>Puts in one identity as it was stored, before anybody else sees this partition.</summary>
    public void Load(string identityId, LocalIdentity identity)
    {
        _identities.Add(identityId, identity);
        _hash += identity.Hash;
        _images += identity.Count;
    }

    /// <summary>The version at which an identity last changed; 0: it has no image.</summary>
    public long VersionOf(string identityId)
    {
        lock (_gate)
        {
            return _identities.TryGetValue(identityId, out LocalIdentity identity) ? identity.Version : 0;
        }
    }

    /// <summary>Makes a commit that the store has accepted visible to every search that starts from now on.</summary>
    /// <param name="sequence">The commit's number.</param>
    /// <param name="changes">Its changes, each identity once.</param>
    /// <returns>A receipt per change: the partition's hash before and after that change.</returns>
    public CommitReceipt[] Publish(long sequence, IReadOnlyList<IdentityChange> changes)
    {
        CommitReceipt[] receipts = new CommitReceipt[changes.Count];
        RowChange[] rows = new RowChange[changes.Count];
        lock (_gate)
        {
            for (int i = 0; i < changes.Count; i++)
            {
                IdentityChange change = changes[i];
                Hash256 before = _hash;
                Replace(change, sequence);
                rows[i] = new RowChange(change.IdentityId, change.Count, change.Centroid?.Components.ToArray());
                receipts[i] = new CommitReceipt
                {
                    Partition = Key.Partition,
                    Epoch = Epoch,
                    Sequence = sequence,
                    HashBefore = before.ToString(),
                    HashAfter = _hash.ToString(),
                };
            }

            _sequence = sequence;
            Rows.Apply(sequence, rows);
        }

        return receipts;
    }

    /// <summary>Counts and hash of one moment.</summary>
    public PartitionSummary Describe()
    {
        lock (_gate)
        {
            return new PartitionSummary
            {
                Epoch = Epoch,
                Sequence = _sequence,
                Hash = _hash.ToString(),
                Identities = _identities.Count,
                Images = _images,
                Rows = Rows.Count,
            };
        }
    }

    private void Replace(IdentityChange change, long sequence)
    {
        if (_identities.Remove(change.IdentityId, out LocalIdentity old))
        {
            _hash -= old.Hash;
            _images -= old.Count;
        }

        if (change.Count > 0)
        {
            LocalIdentity now = new(sequence, change.Count, Hash256.FromBytes(change.Hash));
            _identities.Add(change.IdentityId, now);
            _hash += now.Hash;
            _images += now.Count;
        }
    }
}
