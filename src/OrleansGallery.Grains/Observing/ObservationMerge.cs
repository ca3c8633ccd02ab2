using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>
/// Merges of observed identities. An identity that was founded is searched for once it can be found: of two that were
/// founded for one stranger at the same time, whoever searches last sees the other. Both choose the same direction, and
/// the operation's id comes from the identity that ends, so that it is done once.
/// </summary>
internal sealed class ObservationMerge(
    ObservationSearch search, ObservationCalls calls, IGrainFactory grains, TimeProvider time)
{
    private const int Attempts = 16;
    private const int Hops = 8;

    // How many of those that resemble an identity are looked at.
    private const int Compared = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(8);

    /// <summary>Merges an identity that was founded with one that is the same by the observation's rule, or notes which
    /// it resembles; once, as <see cref="ReservedAttributes.Unsettled"/> says.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="record">The observation that founded it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="RetryException">It did not end; send the observation again.</exception>
    public async Task SettleAsync(
        Gallery gallery, ObservationRecord record, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (await TrySettleAsync(gallery, record.IdentityId, ObservationRule.Of(record), cancellationToken))
                {
                    return;
                }
            }
            catch (Exception exception) when (
                attempt < Attempts && !cancellationToken.IsCancellationRequested
                && ClusterFailures.Translate(exception) is { Retryable: true }
                    or PreconditionFailedException or IdentityNotFoundException)
            {
                // One of the two changed meanwhile: it is looked at anew.
            }

            if (attempt == Attempts)
            {
                throw new RetryException(
                    $"The identity '{record.IdentityId}' was founded, and those that resemble it changed {Attempts} "
                    + "times while they were compared; send the observation again.");
            }

            await Task.Delay(
                Math.Min(attempt, 4) * (0.5 + Random.Shared.NextDouble()) * Pause, time, cancellationToken);
        }
    }

    /// <summary>Where the images of an observed identity are now.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="record">The observation.</param>
    /// <returns>The identity that got them or what that was merged into; null: they are not there.</returns>
    public async Task<(string IdentityId, IdentitySnapshot? Identity)> FollowAsync(
        Gallery gallery, ObservationRecord record)
    {
        string identityId = record.IdentityId;
        for (int hop = 0; hop < Hops; hop++)
        {
            if (await calls.FindIdentityAsync(gallery, identityId) is { } there)
            {
                // A merge may have been undone, and what it gave back be gone.
                return hop == 0 || record.Images.Count == 0
                    || await calls.HasImageAsync(gallery, identityId, record.Images[0])
                    ? (identityId, there)
                    : (record.IdentityId, null);
            }

            if (await FindMergeAsync(gallery, identityId) is not { } merge)
            {
                break;
            }

            identityId = merge.Target.IdentityId;
        }

        return (identityId, null);
    }

    /// <summary>Whether the best two are strangers of whom one is not settled: they may be one, and about to be merged.
    /// </summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="matches">The best, best first.</param>
    /// <param name="rule">The rule.</param>
    public async Task<bool> MayMergeAsync(Gallery gallery, IReadOnlyList<Match> matches, ObservationRule rule)
    {
        if (matches.Count < 2 || matches[1].Score < rule.JoinThreshold)
        {
            return false;
        }

        IdentitySnapshot?[] best = await Task.WhenAll(
            matches.Take(2).Select(match => calls.FindIdentityAsync(gallery, match.IdentityId)));
        return Array.TrueForAll(best, identity => identity is null || IsProvisional(identity))
            && Array.Exists(best, identity => identity is null || IsUnsettled(identity));
    }

    /// <summary>Says whose an observed identity is.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">Its observation.</param>
    /// <param name="ownId">The identity.</param>
    /// <param name="intoId">The identity that it belongs to; null: it is somebody new.</param>
    /// <returns>The identity that has its images.</returns>
    public async Task<string> ResolveAsync(Gallery gallery, string observationId, string ownId, string? intoId)
    {
        ObservationRecord? record = await calls.FindObservationAsync(gallery, observationId, null);
        if (record?.UndoneAt is { } undone)
        {
            throw new OperationConflictException(
                $"The observation '{observationId}' was undone on {undone.UtcDateTime:O}; nobody has its images.");
        }

        IdentitySnapshot? own = await calls.FindIdentityAsync(gallery, ownId);
        string? state = own?.Attributes.GetValueOrDefault(ReservedAttributes.State);
        if (own is null && await FindMergeAsync(gallery, ownId) is { } done
            && (record is null || (await FollowAsync(gallery, record)).Identity is not null))
        {
            return done.Target.IdentityId == intoId ? intoId : throw new OperationConflictException(
                $"The observation '{observationId}' is resolved: it was merged into '{done.Target.IdentityId}'. Undo "
                + $"the operation '{done.OperationId}' first.");
        }

        if (state is null)
        {
            throw own is null
                ? new OperationNotFoundException(
                    $"The observation '{observationId}' was not kept aside and founded nothing, or it is gone.")
                : new OperationConflictException(
                    $"The observation '{observationId}' is resolved: its identity '{ownId}' is one as any other. Merge "
                    + "or move its images as such.");
        }

        if (intoId is null)
        {
            await MakeProvisionalAsync(gallery, ownId, own!, state);
            return ownId;
        }

        IdentitySnapshot into = await calls.FindIdentityAsync(gallery, intoId)
            ?? throw new IdentityNotFoundException($"There is no identity '{intoId}'.");
        if (into.Attributes.GetValueOrDefault(ReservedAttributes.State) == ReservedAttributes.Ambiguous)
        {
            throw new OperationConflictException(
                $"The identity '{intoId}' is an observation that is not resolved itself; resolve it first.");
        }

        await MergeAsync(gallery, ownId, intoId, (await FindMergesAsync(gallery, ownId)).NextId);
        return intoId;
    }

    private async Task<bool> TrySettleAsync(
        Gallery gallery, string ownId, ObservationRule rule, CancellationToken cancellationToken)
    {
        IdentitySnapshot? own = await calls.FindIdentityAsync(gallery, ownId);
        if (own is null || !IsUnsettled(own))
        {
            // It was merged, named, undone, or settled before.
            return true;
        }

        IReadOnlyList<Match> others = own.Centroid is not { } centroid ? [] :
        [
            .. (await search.FindAsync(gallery, centroid, Compared, cancellationToken))
                .Where(match => match.IdentityId != ownId && match.Score >= rule.FoundThreshold),
        ];
        if (others.Count == 0)
        {
            await SetAsync(gallery, ownId, null, new() { [ReservedAttributes.Unsettled] = null });
            return true;
        }

        if (await ChooseAsync(gallery, others, rule) is { } other
            && (other.IsProvisional && IdOrder.Instance.Compare(ownId, other.Id) < 0
                ? await TryMergeAsync(gallery, other.Id, ownId)
                : await TryMergeAsync(gallery, ownId, other.Id)))
        {
            // There may be more that were founded at the same time.
            return false;
        }

        await SuggestAsync(gallery, ownId, own.Version, others[0].IdentityId);
        return true;
    }

    // False: they stay two. What was merged before and is there again was separated by somebody.
    private async Task<bool> TryMergeAsync(Gallery gallery, string fromId, string intoId)
    {
        (OperationReceipt? last, string next) = await FindMergesAsync(gallery, fromId);
        if (last is not null)
        {
            return await calls.FindIdentityAsync(gallery, fromId) is null;
        }

        try
        {
            await MergeAsync(gallery, fromId, intoId, next);
            return true;
        }
        catch (GalleryException exception) when (
            !exception.Retryable && exception is not (IdentityNotFoundException or PreconditionFailedException))
        {
            return false;
        }
    }

    private async Task SuggestAsync(Gallery gallery, string ownId, long version, string otherId)
    {
        try
        {
            await SetAsync(gallery, ownId, version, new()
            {
                [ReservedAttributes.Unsettled] = null, [ReservedAttributes.SimilarTo] = otherId,
            });
        }
        catch (InvalidRequestException)
        {
            // It has as many attributes as it may.
            await SetAsync(gallery, ownId, version, new() { [ReservedAttributes.Unsettled] = null });
        }
    }

    // Whom somebody has named stays, by the rule, margin and all. Strangers were founded at the same time, or it would
    // have been decided with them in sight: all of them merge into the one of the smallest id.
    private async Task<(string Id, bool IsProvisional)?> ChooseAsync(
        Gallery gallery, IReadOnlyList<Match> others, ObservationRule rule)
    {
        List<Match> named = [];
        List<Match> strangers = [];
        foreach (Match match in others)
        {
            if (await calls.FindIdentityAsync(gallery, match.IdentityId) is { } there)
            {
                (IsProvisional(there) ? strangers : named).Add(match);
            }
        }

        if (rule.Decide(named) == ObservationDecision.Joined)
        {
            return (named[0].IdentityId, false);
        }

        string? smallest = strangers.Where(match => match.Score >= rule.JoinThreshold)
            .Select(match => match.IdentityId).Order(IdOrder.Instance).FirstOrDefault();
        return smallest is null || named.Any(match => match.Score >= rule.JoinThreshold) ? null : (smallest, true);
    }

    private static bool IsProvisional(IdentitySnapshot identity) =>
        identity.Attributes.GetValueOrDefault(ReservedAttributes.State) == ReservedAttributes.Provisional;

    private static bool IsUnsettled(IdentitySnapshot identity) =>
        identity.Attributes.ContainsKey(ReservedAttributes.Unsettled);

    private Task MakeProvisionalAsync(Gallery gallery, string ownId, IdentitySnapshot own, string state) =>
        state == ReservedAttributes.Provisional ? Task.CompletedTask : SetAsync(gallery, ownId, own.Version, new()
        {
            [ReservedAttributes.State] = ReservedAttributes.Provisional,
            [ReservedAttributes.Seen] = ObservedState.TextOf(time.GetUtcNow()),
        });

    private async Task SetAsync(
        Gallery gallery, string identityId, long? version, Dictionary<string, string?> changes) =>
        await grains.IdentityGrain(gallery, identityId).SetAttributesAsync(
            new AttributesRequest { Changes = changes, ExpectedVersion = version }).WaitAsync(AnswerTime, time);

    private async Task MergeAsync(Gallery gallery, string fromId, string intoId, string operationId)
    {
        try
        {
            await grains.IdentityGrain(gallery, fromId)
                .TransferAsync(new TransferRequest { OperationId = operationId, TargetId = intoId })
                .WaitAsync(AnswerTime, time);
        }
        catch (OperationConflictException exception)
        {
            throw new RetryException($"Identity '{fromId}' is being merged with another one. {exception.Message}");
        }
    }

    private async Task<OperationReceipt?> FindMergeAsync(Gallery gallery, string identityId) =>
        (await FindMergesAsync(gallery, identityId)).Last;

    // One that was undone leaves its id behind.
    private async Task<(OperationReceipt? Last, string NextId)> FindMergesAsync(Gallery gallery, string identityId)
    {
        OperationReceipt? last = null;
        for (int number = 1; ; number++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{identityId}-merged-{number}");
            if (await calls.FindOperationAsync(gallery, id) is not { } found)
            {
                return (last, id);
            }

            last = found;
        }
    }
}
