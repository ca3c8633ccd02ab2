using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Compares all that a store holds of a partition, by every read, with what its owner knows.</summary>
public static class StoredContent
{
    public static async Task AssertAsync(
        IGalleryStore store, OwnedPartition expected, CancellationToken cancellationToken)
    {
        PartitionState state = (await store.ReadPartitionAsync(expected.Key, cancellationToken))!;
        Assert.Equal(expected.State, state);
        List<StoredRow> rows = [];
        await store.ReadRowsAsync(expected.Key, 0, rows.Add, cancellationToken);
        AssertRows(expected, rows);
        RecordedAudit audit = new();
        await store.AuditPartitionAsync(expected.Key, audit, cancellationToken);
        AssertAudit(expected, audit);
        await AssertRemovalsAsync(store, expected, cancellationToken);
        foreach ((string id, ModelIdentity identity) in expected.Identities)
        {
            await AssertIdentityAsync(store, expected.Key, id, identity, cancellationToken);
        }
    }

    private static void AssertRows(OwnedPartition expected, IEnumerable<StoredRow> rows) => Assert.Equal(
        Ordered(expected).Select(identity => StoredText.Of(identity.Row)
            + string.Concat(identity.Facets.Select(facet => StoredText.Of(
                identity.Facets.Count > 1 ? facet : facet with { Sum = [] })))),
        rows.OrderBy(row => row.IdentityId, Utf8Order.Instance).Select(row => StoredText.Of(row)
            + string.Concat(row.Facets.OrderBy(facet => facet.Facet, Utf8Order.Instance).Select(StoredText.Of))));

    private static void AssertAudit(OwnedPartition expected, RecordedAudit audit)
    {
        Assert.Equal(expected.State, audit.State);
        Assert.Equal(
            Ordered(expected).Select(identity =>
                StoredText.Of(identity.Row) + string.Concat(identity.Facets.Select(StoredText.Of))),
            audit.Identities);
        Assert.Equal(
            Ordered(expected).SelectMany(identity => identity.Ordered.Select(image =>
                identity.Row.IdentityId + StoredText.OfAll(image))),
            audit.Images);
    }

    private static async Task AssertRemovalsAsync(
        IGalleryStore store, OwnedPartition expected, CancellationToken cancellationToken)
    {
        long after = expected.Removals.Count == 0 ? 0 : expected.Removals[expected.Removals.Count / 2].Version;
        if (await store.ReadRemovalsAsync(expected.Key, after, cancellationToken) is { } removals)
        {
            Assert.Equal(
                expected.Removals.Where(removal => removal.Version > after).OrderBy(removal => removal.ToString()),
                removals.OrderBy(removal => removal.ToString()));
        }
    }

    private static async Task AssertIdentityAsync(IGalleryStore store, PartitionKey key, string id,
        ModelIdentity expected, CancellationToken cancellationToken)
    {
        StoredIdentity stored = (await store.ReadIdentityAsync(key, id, cancellationToken))!;
        Assert.Equal((id, expected.Version), (stored.IdentityId, stored.Version));
        Assert.Equal(expected.Attributes, stored.Attributes);
        Assert.Equal(
            expected.Facets.Select(StoredText.Of),
            stored.Facets.OrderBy(facet => facet.Facet, Utf8Order.Instance).Select(StoredText.Of));
        Assert.Equal(
            expected.Ordered.Select(image => StoredText.Of(image with { Embedding = null })),
            stored.Images.OrderBy(image => image.ImageId, Utf8Order.Instance).Select(StoredText.Of));
        IReadOnlyList<StoredImage> images = await store.ReadImagesAsync(
            key, id, null, expected.Images.Count + 1, withEmbeddings: true, cancellationToken);
        Assert.Equal(expected.Ordered.Select(StoredText.Of), images.Select(StoredText.Of));
    }

    private static IEnumerable<ModelIdentity> Ordered(OwnedPartition expected) => expected.Identities
        .OrderBy(identity => identity.Key, Utf8Order.Instance).Select(identity => identity.Value);
}
