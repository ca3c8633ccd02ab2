using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// What a commit would make of a partition. Whatever could go wrong when its rows are published goes wrong here, for
/// the change that is at fault alone, while nothing is written yet.
/// </summary>
internal sealed class PartitionDraft(
    PartitionOwner held, long before, StoredTotals totals, Func<string, LocalIdentity> find, FacetedTable table)
{
    private readonly List<RowChange> _rows = [];
    private readonly List<KeyValuePair<string, LocalIdentity>> _identities = [];
    private readonly List<IdentityWrite> _writes = [];

    /// <summary>As whose, and at which epoch.</summary>
    public PartitionOwner Held => held;

    /// <summary>The sequence that the commit makes.</summary>
    public long Sequence => before + 1;

    /// <summary>What the partition holds after it.</summary>
    public StoredTotals Totals { get; private set; } = totals;

    /// <summary>The rows to put in or take out.</summary>
    public IReadOnlyList<RowChange> Rows => _rows;

    /// <summary>The identities that change; a count of 0 takes one out.</summary>
    public IReadOnlyList<KeyValuePair<string, LocalIdentity>> Identities => _identities;

    /// <summary>Adds a change; each identity once.</summary>
    /// <param name="change">The change.</param>
    /// <returns>Its receipt, once the store has accepted the commit.</returns>
    /// <exception cref="InvalidRequestException">It could not be published; nothing was added.</exception>
    public CommitReceipt Add(IdentityChange change)
    {
        RowChange row = new(change.IdentityId, change.Count, change.Centroid?.Components.ToArray())
        {
            Facets = [.. change.Without.Select(StoreRecords.ToFacetRow)],
            Attributes = change.ChangesAttributes
                ? StoreRecords.ToAttributes(change.Attributes)
                : table.Whole.AttributesOf(change.IdentityId),
        };
        Hash256 hash;
        try
        {
            row.Check(table.Dimension);
            hash = Hash256.FromBytes(change.Hash);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidRequestException(
                $"The change of identity '{change.IdentityId}' cannot be searched; nothing was written. "
                + exception.Message);
        }

        StoredTotals from = Totals;
        LocalIdentity old = find(change.IdentityId);
        Totals = Replace(from, old, change, hash);
        _rows.Add(row);
        _identities.Add(KeyValuePair.Create(
            change.IdentityId,
            new LocalIdentity(
                Sequence, change.Count, row.Centroid is not null, hash, old.Count > 0 ? old.Born : Sequence)));
        _writes.Add(StoreRecords.ToWrite(change, hash));
        return new CommitReceipt
        {
            Partition = held.Key.Partition,
            Epoch = held.Epoch,
            Sequence = Sequence,
            HashBefore = from.Hash.ToString(),
            HashAfter = Totals.Hash.ToString(),
        };
    }

    /// <summary>The partition's share of a commit.</summary>
    /// <param name="token">The commit's token.</param>
    public PartitionWrite ToWrite(Guid token) => new()
    {
        Held = held,
        Sequence = before,
        Token = token,
        Totals = Totals,
        Identities = _writes,
    };

    private static StoredTotals Replace(StoredTotals totals, LocalIdentity old, IdentityChange change, Hash256 hash) =>
        new(
            totals.Identities - Ones(old.Count > 0) + Ones(change.Count > 0),
            totals.Images - old.Count + change.Count,
            totals.Rows - Ones(old.HasRow) + Ones(change.Centroid is not null),
            totals.Hash - old.Hash + (change.Count > 0 ? hash : default));

    private static int Ones(bool there) => there ? 1 : 0;
}
