using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Keeps what an audit is told.</summary>
public sealed class RecordedAudit : IPartitionAudit
{
    public PartitionState? State { get; private set; }

    public List<string> Identities { get; } = [];

    public List<string> Images { get; } = [];

    /// <summary>Called at the first identity.</summary>
    public Action? OnFirst { get; init; }

    public void OnPartition(PartitionState state)
    {
        Assert.Null(State);
        State = state;
    }

    public void OnIdentity(StoredRow row, IReadOnlyList<StoredFacet> facets)
    {
        if (Identities.Count == 0)
        {
            OnFirst?.Invoke();
        }

        Assert.NotNull(State);
        Assert.Empty(Images);
        Identities.Add(StoredText.Of(row) + string.Concat(
            facets.OrderBy(facet => facet.Facet, Utf8Order.Instance).Select(StoredText.Of)));
    }

    public void OnImage(string identityId, StoredImage image) => Images.Add(identityId + StoredText.OfAll(image));
}
