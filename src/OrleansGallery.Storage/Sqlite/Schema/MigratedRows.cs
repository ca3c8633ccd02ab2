using System.Runtime.InteropServices;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>Makes identities' rows and partitions' totals from their sums, one identity at a time.</summary>
internal sealed class MigratedRows(SqliteSnapshot file) : IDisposable
{
    private readonly SqliteStatement _putFacet = new(
        file.Connection,
        "INSERT INTO new_facet_sums (gallery, partition, identity, facet, count, sum) VALUES ($1, $2, $3, $4, $5, $6)",
        6);

    // Every image that there is belongs to the identity's present life.
    private readonly SqliteStatement _putIdentity = new(
        file.Connection,
        "INSERT INTO new_identities (gallery, partition, identity, version, born, count, hash, centroid) "
        + "VALUES ($1, $2, $3, $4, 0, $5, $6, $7)",
        7);

    private readonly Dictionary<PartitionKey, StoredTotals> _totals = [];
    private readonly List<MigratedSum> _identity = [];

    /// <summary>Takes a sum; those of one identity come one after the other.</summary>
    /// <param name="sum">The sum.</param>
    public void Add(MigratedSum sum)
    {
        if (_identity.Count > 0 && (_identity[0].Key, _identity[0].IdentityId) != (sum.Key, sum.IdentityId))
        {
            WriteIdentity();
        }

        _identity.Add(sum);
    }

    /// <summary>Writes what is left: the last identity and the totals.</summary>
    public void Finish()
    {
        if (_identity.Count > 0)
        {
            WriteIdentity();
        }

        using SqliteStatement put = new(
            file.Connection,
            "UPDATE new_partitions SET identities = $3, images = $4, rows = $5, hash = $6 "
            + "WHERE gallery = $1 AND partition = $2",
            6);
        foreach (((long gallery, int partition), StoredTotals totals) in _totals)
        {
            put.Run(file.Transaction, gallery, partition, totals.Identities, totals.Images, totals.Rows,
                totals.Hash.ToByteArray());
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _putFacet.Dispose();
        _putIdentity.Dispose();
    }

    private static IdentityCentroid Read(List<MigratedSum> sums)
    {
        try
        {
            return IdentityCentroid.FromFacets(
                sums[0].Dimension,
                sums.Select(sum => KeyValuePair.Create(
                    sum.Facet.Facet, new RunningCentroid(sum.Facet.Count, sum.Facet.Sum))));
        }
        catch (Exception exception) when (exception is ArgumentException or EmbeddingException)
        {
            throw new StoreAwayException(
                StoreAwayReason.Damaged,
                $"The sums of identity '{sums[0].IdentityId}' of gallery number {sums[0].Key.Gallery} are damaged; the "
                + $"file was left as it was. {exception.Message}",
                exception);
        }
    }

    private void WriteIdentity()
    {
        MigratedSum first = _identity[0];
        IdentityCentroid centroid = Read(_identity);
        float[] unit = new float[first.Dimension];
        bool hasDirection = centroid.TryGetCentroid(unit);
        Hash256 hash = centroid.ComputeHash(first.IdentityId);
        _putIdentity.Run(
            file.Transaction, first.Key.Gallery, first.Key.Partition, first.IdentityId, first.Version, centroid.Count,
            hash.ToByteArray(), hasDirection ? MemoryMarshal.AsBytes<float>(unit).ToArray() : null);
        foreach (StoredFacet facet in _identity.Select(sum => sum.Facet))
        {
            _putFacet.Run(
                file.Transaction, first.Key.Gallery, first.Key.Partition, first.IdentityId, facet.Facet, facet.Count,
                PackedSum.Pack(facet.Sum));
        }

        StoredTotals totals = _totals.GetValueOrDefault(first.Key);
        _totals[first.Key] = new(
            totals.Identities + 1, totals.Images + centroid.Count, totals.Rows + (hasDirection ? 1 : 0),
            totals.Hash + hash);
        _identity.Clear();
    }
}
