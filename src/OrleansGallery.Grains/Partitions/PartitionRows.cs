using System.Runtime.InteropServices;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>What is read of a partition before anybody searches it.</summary>
/// <param name="dimension">The gallery's dimension.</param>
/// <param name="sequence">A sequence of which nothing is missing; what changed later may be.</param>
/// <param name="coding">How rows are coded as they come in; null: later.</param>
internal sealed class PartitionRows(int dimension, long sequence, RowCoding? coding)
{
    private readonly FacetedTable _table = TableWith(dimension, coding);
    private FacetedLoad? _load;

    /// <summary>A sequence of which nothing is missing.</summary>
    public long Sequence => sequence;

    /// <summary>What is remembered of each identity.</summary>
    public Dictionary<string, LocalIdentity> Identities { get; } = new(StringComparer.Ordinal);

    /// <summary>Puts an identity in, or in the place of its older state.</summary>
    /// <param name="row">Its row.</param>
    public void Put(StoredRow row)
    {
        Identities[row.IdentityId] = new LocalIdentity(
            row.Version, row.Count, row.Centroid is not null, row.Hash, row.Born);
        float[]? centroid = row.Centroid is null ? null : MemoryMarshal.Cast<byte, float>(row.Centroid).ToArray();
        Load().Put(new RowChange(row.IdentityId, row.Count, centroid)
        {
            Facets = StoreRecords.ToFacetRows(dimension, row),
            Attributes = row.Attributes,
        });
    }

    /// <summary>Takes identities out that were removed.</summary>
    /// <param name="removals">Which, by digest.</param>
    public void Remove(IReadOnlyList<StoredRemoval> removals)
    {
        if (removals.Count == 0)
        {
            return;
        }

        HashSet<UInt128> digests = [.. removals.Select(removal => removal.Digest)];
        foreach (string identityId in Identities.Keys.Where(id => digests.Contains(StoredRemoval.DigestOf(id))))
        {
            Identities.Remove(identityId);
            Load().Put(new RowChange(identityId, 0, null));
        }
    }

    /// <summary>What was read, added up.</summary>
    public StoredTotals Sum()
    {
        StoredTotals totals = default;
        foreach (LocalIdentity identity in Identities.Values)
        {
            totals = new StoredTotals(
                totals.Identities + 1, totals.Images + identity.Count, totals.Rows + (identity.HasRow ? 1 : 0),
                totals.Hash + identity.Hash);
        }

        return totals;
    }

    /// <summary>Makes the rows a table to search; nothing may be put in any more.</summary>
    /// <param name="at">The sequence that they are of.</param>
    public FacetedTable Publish(long at)
    {
        Load().Publish(at);
        return _table;
    }

    private static FacetedTable TableWith(int dimension, RowCoding? coding)
    {
        FacetedTable table = new(dimension);
        table.UseCoding(coding);
        return table;
    }

    private FacetedLoad Load() => _load ??= _table.BeginLoad();
}
