using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A partition as its owner knows it: what was committed, in memory. The oracle of what is stored.</summary>
public sealed class OwnedPartition
{
    private readonly Dictionary<string, ModelIdentity> _identities = [];

    /// <summary>A partition that was taken while it was empty.</summary>
    /// <param name="owner">Its owner.</param>
    /// <param name="taken">What was taken.</param>
    public OwnedPartition(Guid owner, TakenPartition taken)
    {
        Key = taken.State.Key;
        Owner = owner;
        Position = taken.State.Position;
    }

    public PartitionKey Key { get; }

    public Guid Owner { get; set; }

    public PartitionPosition Position { get; set; }

    public IReadOnlyDictionary<string, ModelIdentity> Identities => _identities;

    /// <summary>Every removal there was.</summary>
    public List<StoredRemoval> Removals { get; } = [];

    public PartitionOwner Held => new(Key, Owner, Position.Epoch);

    public PartitionState State => new(Key, Owner, Position, Totals(_identities));

    /// <summary>Takes a partition of a new gallery.</summary>
    public static async Task<OwnedPartition> TakeAsync(
        IGalleryStore store, PartitionKey key, CancellationToken cancellationToken)
    {
        Guid owner = Guid.NewGuid();
        return new(owner, (await store.TakePartitionAsync(key, owner, cancellationToken))!);
    }

    /// <summary>Commits changes and believes them if the store does.</summary>
    public async Task<bool> CommitAsync(IGalleryStore store, params IdentityChange[] changes)
    {
        PartitionWrite write = Write(changes);
        bool applied = (await store.CommitAsync([write]))[0];
        if (applied)
        {
            Apply(write, changes);
        }

        return applied;
    }

    /// <summary>The next commit.</summary>
    public PartitionWrite Write(params IdentityChange[] changes) => Write(Guid.NewGuid(), changes);

    /// <summary>The next commit, with a token of its own.</summary>
    public PartitionWrite Write(Guid token, params IdentityChange[] changes) => new()
    {
        Held = Held,
        Sequence = Position.Sequence,
        Token = token,
        Totals = Totals(After(changes)),
        Identities = [.. changes.Select(change => Write(change))],
    };

    /// <summary>A commit has happened.</summary>
    public void Apply(PartitionWrite write, params IdentityChange[] changes)
    {
        long version = write.Sequence + 1;
        foreach (IdentityChange change in changes)
        {
            bool existed = _identities.Remove(change.IdentityId, out ModelIdentity? before);
            if (After(change, before, version) is { } after)
            {
                _identities.Add(change.IdentityId, after);
            }
            else if (existed)
            {
                Removals.Add(new StoredRemoval(version, StoredRemoval.DigestOf(change.IdentityId)));
            }
        }

        Position = Position with { Sequence = version, Token = write.Token };
    }

    private static StoredTotals Totals(Dictionary<string, ModelIdentity> identities)
    {
        StoredTotals totals = default;
        foreach (StoredRow row in identities.Values.Select(identity => identity.Row))
        {
            totals = new(totals.Identities + 1, totals.Images + row.Count,
                totals.Rows + (row.Centroid is null ? 0 : 1), totals.Hash + row.Hash);
        }

        return totals;
    }

    private static ModelIdentity? After(IdentityChange change, ModelIdentity? before, long version)
    {
        Dictionary<string, StoredImage> images = new(before?.Images ?? new Dictionary<string, StoredImage>());
        foreach (string removed in change.Removed ?? [.. images.Keys])
        {
            images.Remove(removed);
        }

        foreach (StoredImage added in change.Added)
        {
            images[added.ImageId] = added;
        }

        return images.Count == 0 ? null : new(change.IdentityId, version, images)
        {
            Attributes = change.Attributes ?? before?.Attributes ?? AttributeSet.Empty,
        };
    }

    private Dictionary<string, ModelIdentity> After(IdentityChange[] changes)
    {
        Dictionary<string, ModelIdentity> identities = new(_identities);
        foreach (IdentityChange change in changes)
        {
            identities.Remove(change.IdentityId, out ModelIdentity? before);
            if (After(change, before, Position.Sequence + 1) is { } after)
            {
                identities.Add(change.IdentityId, after);
            }
        }

        return identities;
    }

    private IdentityWrite Write(IdentityChange change)
    {
        ModelIdentity? before = _identities.GetValueOrDefault(change.IdentityId);
        ModelIdentity? after = After(change, before, Position.Sequence + 1);
        IEnumerable<string> facets = change.Added.Select(image => image.Facet)
            .Concat((change.Removed ?? []).Select(id => before?.Images.GetValueOrDefault(id)?.Facet).OfType<string>());
        return new IdentityWrite
        {
            IdentityId = change.IdentityId,
            Count = after?.Images.Count ?? 0,
            Hash = after?.Row.Hash ?? default(Hash256),
            Centroid = after?.Row.Centroid,
            RemovedImages = change.Removed ?? [],
            AddedImages = change.Added,
            Facets = after is null ? [] : [.. facets.Distinct().Select(after.Facet)],
            Attributes = change.Attributes,
        };
    }
}
