using System.Buffers.Binary;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Reads what changed in the partitions of this silo. When the silo stops, nobody waits here any
/// more.</summary>
internal sealed class ChangeReader(IGalleryStore store, LocalPartitions partitions)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(ChangeReader), ServiceLifecycleStage.Active,
        _ => Task.CompletedTask,
        _ =>
        {
            foreach (LocalPartition partition in partitions.All)
            {
                partition.StopWaiting();
            }

            return Task.CompletedTask;
        });

    /// <summary>Reads.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="isReset">Whether the sequence asked for is none of this partition's.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<ChangesAnswer> ReadAsync(
        LocalPartition partition, ChangesRequest request, bool isReset, CancellationToken cancellationToken)
    {
        long after = isReset ? 0 : request.After;
        if (!partition.TryReadRecent(after, request.Limit, out List<LocalChange> changes, out long through))
        {
            (changes, through) = await partition.ReadLivingAsync(after, request.Limit);
            // Behind the living ones: what is removed meanwhile is of a later sequence.
            IReadOnlyList<StoredRemoval>? removals = after == 0 || !request.Filter.TellsRemovals
                ? []
                : await store.ReadRemovalsAsync(partition.Key, after, cancellationToken);
            isReset |= removals is null;
            changes =
            [
                .. changes.Concat((removals ?? []).Where(removal => removal.Version <= through)
                        .Select(removal => new LocalChange(removal.Version, null, removal.Digest, 0, 0)))
                    .OrderBy(change => change.Version),
            ];
        }

        return new ChangesAnswer
        {
            Through = through,
            Sequence = partition.Sequence,
            Changes = [.. Choose(partition, request.Filter, changes, after)],
            IsReset = isReset,
        };
    }

    private static IEnumerable<ChangedIdentity> Choose(
        LocalPartition partition, ChangesFilter filter, List<LocalChange> changes, long after)
    {
        UInt128? wanted = filter.IdentityId is { } id ? StoredRemoval.DigestOf(id) : null;
        AttributeFilter? attributes = AttributeFilters.Of(filter.Attributes);
        foreach (LocalChange change in changes)
        {
            if (change.IdentityId is not { } identityId)
            {
                // Nobody who begins at the beginning has heard of it.
                if (after > 0 && filter.TellsRemovals && (wanted is null || wanted == change.Digest))
                {
                    yield return new ChangedIdentity { Version = change.Version, Digest = Bytes(change.Digest) };
                }

                continue;
            }

            bool isFounded = change.Born > after;
            double? score = null;
            if ((filter.IdentityId is null || filter.IdentityId == identityId)
                && (filter.Prefix is null || identityId.StartsWith(filter.Prefix, StringComparison.Ordinal))
                && (isFounded || !filter.FoundedOnly)
                && attributes?.Lets(partition.Rows.Whole.AttributesOf(identityId) ?? AttributeSet.Empty) != false
                && IsNear(partition, filter, identityId, out score))
            {
                yield return new ChangedIdentity
                {
                    Version = change.Version,
                    IdentityId = identityId,
                    Digest = Bytes(StoredRemoval.DigestOf(identityId)),
                    Count = change.Count,
                    IsFounded = isFounded,
                    Score = score is { } exact ? ShownRange.Score(exact) : null,
                };
            }
        }
    }

    private static bool IsNear(LocalPartition partition, ChangesFilter filter, string identityId, out double? score)
    {
        score = filter.Query is { } query ? partition.Rows.Whole.ScoreOf(identityId, query.Components) : null;
        return filter.Query is null || score >= filter.MinScore;
    }

    private static byte[] Bytes(UInt128 digest)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, digest);
        return bytes;
    }
}
