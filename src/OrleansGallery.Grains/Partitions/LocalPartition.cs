using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// A partition that this silo holds: as whose and at which epoch, its search rows, its identities' versions and hashes,
/// and what they add up to. One writer at a time: the committer, or while the partition is doubtful whoever finds the
/// outcome out. Grains and scans read it from their threads.
/// </summary>
internal sealed partial class LocalPartition(
    PartitionOwner held, long sequence, StoredTotals totals, Dictionary<string, LocalIdentity> identities,
    FacetedTable rows, PartitionClaim claim)
{
    private readonly Lock _gate = new();
    private readonly Queue<ChangeTicket> _parked = new();
    private PartitionOwner _held = held;
    private StoredTotals _totals = totals;
    private long _sequence = sequence;
    private volatile PartitionHold _hold;
    private volatile bool _isLent;
    private bool _isWriting;
    private long _lastUse;
    private long _confirmed = claim.Confirmed;
    private long _firstAck = claim.FirstAck;
    private volatile bool _isLeaving;

    /// <summary>Which partition.</summary>
    public PartitionKey Key { get; } = held.Key;

    /// <summary>The centroids that searches compare.</summary>
    public FacetedTable Rows { get; } = rows;

    /// <summary>As whose, and at which epoch.</summary>
    public PartitionOwner Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>What it holds.</summary>
    public StoredTotals Totals
    {
        get
        {
            lock (_gate)
            {
                return _totals;
            }
        }
    }

    /// <summary>The count of commits.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Whether this activation has raised the epoch; false: it was loaded while the store took no writes, to
    /// be searched, and is taken before its first commit.</summary>
    public bool IsTaken { get; private set; } = claim.IsTaken;

    /// <summary>Into how many partitions the gallery is cut.</summary>
    public int GalleryPartitions { get; } = claim.GalleryPartitions;

    /// <summary>Before this time stamp no write is acknowledged: its last owner, which did not hand it over, may still
    /// answer from memory until then.</summary>
    public long FirstAck => Interlocked.Read(ref _firstAck);

    /// <summary>When the store last said that nobody else has taken it, a time stamp.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    /// <summary>How sure this silo is of it.</summary>
    public PartitionHold Hold => _hold;

    /// <summary>Whether the commit whose outcome is waited for is another partition's.</summary>
    public bool IsLent => _hold == PartitionHold.Doubtful && _isLent;

    /// <summary>Whether this activation must answer nothing any more.</summary>
    public bool IsLost => _hold == PartitionHold.Lost;

    /// <summary>Whether another silo is loading it, to which it was handed over: searches go on here until that one has
    /// it, or the lease is over, and nothing else does.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>When it was handed over, a time stamp; of one that is leaving.</summary>
    public long Left { get; private set; }

    /// <summary>Ends this activation in order; set by its grain.</summary>
    public Action LetGo { get; set; } = () => { };

    /// <summary>When it was last used, a time stamp of the provider that <see cref="Touch"/> was given.</summary>
    public long LastUse => Interlocked.Read(ref _lastUse);

    /// <summary>A search or a change needs the partition.</summary>
    /// <param name="time">The clock.</param>
    public void Touch(TimeProvider time) => Interlocked.Exchange(ref _lastUse, time.GetTimestamp());

    /// <summary>The store said that nobody else has taken the partition.</summary>
    /// <param name="asked">When it was asked, a time stamp.</param>
    public void Confirm(long asked) => Interlocked.Exchange(ref _confirmed, asked);

    /// <summary>A commit is sent; for the committer.</summary>
    public void BeginWrite() => SetWriting(true);

    /// <summary>It is published, refused, or its outcome is being found out.</summary>
    public void EndWrite() => SetWriting(false);

    /// <summary>Whether what this silo has committed explains the store's sequence. One that is behind has lost
    /// commits that were acknowledged; one that is ahead without a commit under way has some that this silo does not
    /// know.</summary>
    /// <param name="stored">Where the store says that this owner's partition stands.</param>
    /// <param name="acknowledged"><see cref="Sequence"/> before the store was asked.</param>
    /// <returns>False: its rows are not what the store has.</returns>
    public bool Explains(long stored, long acknowledged)
    {
        lock (_gate)
        {
            bool isUnderWay = _isWriting || _hold == PartitionHold.Doubtful;
            return stored >= acknowledged && stored <= _sequence + (isUnderWay ? 1 : 0);
        }
    }

    /// <summary>Where it is, for others to know.</summary>
    /// <param name="silo">This silo.</param>
    public PartitionPlace PlaceOn(SiloAddress silo) => new()
    {
        Gallery = Key.Gallery, Partition = Key.Partition, Silo = silo, Epoch = Held.Epoch,
    };

    /// <summary>The version at which an identity last changed; 0: it has no image.</summary>
    public long VersionOf(string identityId)
    {
        lock (_gate)
        {
            return identities.TryGetValue(identityId, out LocalIdentity identity) ? identity.Version : 0;
        }
    }

    /// <summary>What a commit of some changes would make of the partition.</summary>
    /// <returns>An empty draft.</returns>
    public PartitionDraft BeginDraft()
    {
        lock (_gate)
        {
            return new PartitionDraft(_held, _sequence, _totals, Find, Rows);
        }
    }

    /// <summary>Makes a commit that the store has accepted visible to every search that starts from now on.</summary>
    /// <param name="draft">What was committed, begun at the sequence before it.</param>
    /// <exception cref="InvalidOperationException">The partition went on since the draft was begun.</exception>
    public void Publish(PartitionDraft draft)
    {
        lock (_gate)
        {
            if (_sequence + 1 != draft.Sequence)
            {
                throw new InvalidOperationException(
                    $"A commit with sequence {draft.Sequence} cannot follow {_sequence}.");
            }

            Rows.Apply(draft.Sequence, draft.Rows);
            foreach ((string identityId, LocalIdentity identity) in draft.Identities)
            {
                _recent.Add(draft.Sequence, identityId, isRemoved: identity.Count == 0);
                if (identity.Count == 0)
                {
                    identities.Remove(identityId);
                }
                else
                {
                    identities[identityId] = identity;
                }
            }

            (_sequence, _totals) = (draft.Sequence, draft.Totals);
            TellWaiters();
        }
    }

    /// <summary>Counts and hash of one moment.</summary>
    public PartitionSummary Describe()
    {
        lock (_gate)
        {
            return new PartitionSummary
            {
                Epoch = _held.Epoch,
                Sequence = _sequence,
                Hash = _totals.Hash.ToString(),
                Identities = _totals.Identities,
                Images = _totals.Images,
                Rows = _totals.Rows,
            };
        }
    }

    private void SetWriting(bool isWriting)
    {
        lock (_gate)
        {
            _isWriting = isWriting;
        }
    }

    private LocalIdentity Find(string identityId)
    {
        lock (_gate)
        {
            return identities.GetValueOrDefault(identityId);
        }
    }
}
