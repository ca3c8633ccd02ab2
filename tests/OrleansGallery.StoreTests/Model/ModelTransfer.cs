using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What a test moves between two identities: the write, and what it makes of their partitions.</summary>
/// <param name="from">The partition of the identity that gives.</param>
/// <param name="fromIdentity">It.</param>
/// <param name="to">The partition of the identity that gets; may be the same.</param>
/// <param name="toIdentity">It.</param>
/// <param name="imageIds">Which images; null: all.</param>
public sealed class ModelTransfer(
    OwnedPartition from, string fromIdentity, OwnedPartition to, string toIdentity, string[]? imageIds = null)
{
    private readonly StoredImage[] _images =
    [
        .. from.Identities[fromIdentity].Ordered.Where(image => imageIds?.Contains(image.ImageId) ?? true),
    ];

    /// <summary>The partitions that it changes, one or two.</summary>
    public IReadOnlyList<OwnedPartition> Partitions => from == to ? [from] : [from, to];

    /// <summary>The identities, the one that gives and the one that gets.</summary>
    public (string From, string To) Identities => (fromIdentity, toIdentity);

    /// <summary>The images that move.</summary>
    public IReadOnlyList<StoredImage> Images => _images;

    /// <summary>The operation's write.</summary>
    public JointWrite Write(Guid token, string operation = "op", DateTimeOffset? expires = null) => new()
    {
        Shares = from == to
            ? [Share(from, token, Giving(), Getting())]
            : [Share(from, token, Giving()), Share(to, token, Getting())],
        Transfer = new ImageTransfer
        {
            From = from.Key,
            FromIdentity = fromIdentity,
            To = to.Key,
            ToIdentity = toIdentity,
            ImageIds = imageIds,
            Count = _images.Length,
        },
        Operation = Operation(operation, expires),
    };

    /// <summary>What is remembered of an operation.</summary>
    public static StoredOperation Operation(string id, DateTimeOffset? expires = null) => new()
    {
        Id = id,
        Digest = SHA256.HashData(Encoding.UTF8.GetBytes(id)),
        Receipt = $"{{\"é\":\"{id}\"}}",
        ExpiresAt = expires ?? DateTimeOffset.FromUnixTimeMilliseconds(33_000_000_000_000),
    };

    /// <summary>Commits and believes it if the store does.</summary>
    public async Task<bool> CommitAsync(IGalleryStore store, string operation = "op")
    {
        JointWrite write = Write(Guid.NewGuid(), operation);
        bool applied = await store.CommitJointAsync(write);
        if (applied)
        {
            Apply(write);
        }

        return applied;
    }

    /// <summary>The operation has happened.</summary>
    public void Apply(JointWrite write)
    {
        if (from == to)
        {
            from.Apply(write.Shares[0], Giving(), Getting());
        }
        else
        {
            from.Apply(write.Shares[0], Giving());
            to.Apply(write.Shares[1], Getting());
        }
    }

    private IdentityChange Giving() => IdentityChange.Remove(fromIdentity, _images.Select(image => image.ImageId));

    private IdentityChange Getting() => IdentityChange.Add(toIdentity, _images);

    // Images that move are in no list.
    private static PartitionWrite Share(OwnedPartition partition, Guid token, params IdentityChange[] changes)
    {
        PartitionWrite write = partition.Write(token, changes);
        return write with
        {
            Identities = [.. write.Identities.Select(one => one with { AddedImages = [], RemovedImages = [] })],
        };
    }
}
