using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>
/// Decides whose images are of which nobody says it. What is decided is written together with the images under the
/// observation's id, so that it is decided once, however often and wherever it is sent. Two silos that found an
/// identity each for one stranger at once find each other afterwards (<see cref="ObservationMerge"/>).
/// </summary>
/// <param name="router">Searches.</param>
/// <param name="grains">Reaches identities.</param>
/// <param name="time">The clock.</param>
public sealed class GalleryObserver(SearchRouter router, IGrainFactory grains, TimeProvider time)
{
    // So many identities are remembered as candidates.
    private const int Candidates = 5;
    private const int Attempts = 8;

    // How often it is looked whether strangers that were found at the same time are one by now.
    private const int Looks = 20;
    private const int SlowestLook = 8;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly ObservationSearch _search = new(router);
    private readonly ObservationCalls _calls = new(grains, time);
    private readonly ObservationMerge _merge =
        new(new ObservationSearch(router), new ObservationCalls(grains, time), grains, time);

    /// <summary>The identity that an observation founds, or that keeps it aside.</summary>
    /// <param name="observationId">The observation.</param>
    /// <returns>Its id, always the same.</returns>
    public static string IdentityOf(string observationId) =>
        $"observed-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(observationId)))[..32]}";

    /// <summary>Decides an observation and carries it out, or finds that this was done.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observation">The observation.</param>
    /// <param name="rule">By what it is decided.</param>
    /// <param name="cancellationToken">Gives it up; it may be carried out all the same.</param>
    /// <returns>What became of it; durable and searchable.</returns>
    /// <exception cref="InvalidEmbeddingException">An embedding is refused, or they cancel.</exception>
    /// <exception cref="ImageChangedException">The id stands for other content.</exception>
    /// <exception cref="ImageErasedException">A content was erased and is refused.</exception>
    /// <exception cref="OperationConflictException">It was undone.</exception>
    /// <exception cref="IdentityExistsException">The identity that it would found is there, with other images.
    /// </exception>
    /// <exception cref="IncompleteSearchException">A search did not reach all partitions.</exception>
    /// <exception cref="UnconfirmedSearchException">The store did not confirm what was compared.</exception>
    /// <exception cref="RetryException">It did not end in time; send it again.</exception>
    public async Task<ObservationOutcome> ObserveAsync(
        Gallery gallery, Observation observation, ObservationRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(rule);
        if (await FindAsync(gallery, observation) is { } known)
        {
            return await ShowAsync(gallery, known, isDuplicate: true);
        }

        IReadOnlyList<ImageToEnrol> images = await observation.EmbedAsync();
        VectorBytes query = QueryOf(gallery, images);
        for (int attempt = 1; ; attempt++)
        {
            ObservationRecord? record = null;
            bool isDuplicate = true;
            try
            {
                SightingReceipt receipt =
                    await DecideAsync(gallery, observation, images, query, rule, cancellationToken);
                (record, isDuplicate) = (receipt.Record, receipt.IsDuplicate);
            }
            catch (Exception exception) when (
                !cancellationToken.IsCancellationRequested
                && ClusterFailures.Translate(exception) is { } failure and not StorageException)
            {
                // Somebody may have sent it twice at once, or it happened although it failed.
                record = await FindAsync(gallery, observation);
                if (record is null
                    && (attempt == Attempts || !(failure.Retryable || failure is IdentityNotFoundException)))
                {
                    throw;
                }
            }

            if (record is not null)
            {
                return await ShowAsync(gallery, record, isDuplicate);
            }

            await Task.Delay(attempt * (0.5 + Random.Shared.NextDouble()) * Pause, time, cancellationToken);
        }
    }

    /// <summary>What is remembered of an observation, and where its images are now.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <returns>What was decided.</returns>
    /// <exception cref="OperationNotFoundException">Nothing is remembered.</exception>
    public async Task<ObservationOutcome> GetAsync(Gallery gallery, string observationId)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ObservationRecord record = await RequireAsync(gallery, observationId);
        return await ToOutcomeAsync(gallery, record, isDuplicate: true);
    }

    /// <summary>Takes an observation back: its images go, and with them an identity that has no others.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <returns>What was undone, now or before.</returns>
    /// <exception cref="OperationNotFoundException">Nothing is remembered of it.</exception>
    /// <exception cref="ImageNotFoundException">Its images are not where it put them; nothing changed.</exception>
    /// <exception cref="RetryException">It did not end in time; send it again.</exception>
    public async Task<ObservationOutcome> UndoAsync(Gallery gallery, string observationId)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ObservationRecord record = await RequireAsync(gallery, observationId);
        if (record.UndoneAt is null)
        {
            string identityId = (await _merge.FollowAsync(gallery, record)).IdentityId;
            try
            {
                await grains.IdentityGrain(gallery, identityId)
                    .UndoObservationAsync(record with { IdentityId = identityId }).WaitAsync(AnswerTime, time);
            }
            catch (GalleryException exception) when (!exception.Retryable)
            {
                // It may have been undone already, and the answer was lost.
                if ((await RequireAsync(gallery, observationId)).UndoneAt is null)
                {
                    throw;
                }
            }

            record = await RequireAsync(gallery, observationId);
        }

        return await ToOutcomeAsync(gallery, record, isDuplicate: false);
    }

    /// <summary>Says whose an observation is that was kept aside, or that founded an identity.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <param name="intoId">The identity that it belongs to; null: somebody new, who is provisional then.</param>
    /// <returns>The identity that it has now.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    /// <exception cref="OperationConflictException">It is resolved already, otherwise.</exception>
    /// <exception cref="RetryException">It did not end in time; send it again.</exception>
    public Task<string> ResolveAsync(Gallery gallery, string observationId, string? intoId) =>
        _merge.ResolveAsync(gallery, observationId, IdentityOf(observationId), intoId);

    // One image is the query as it is; several count alike, whatever their embeddings' lengths.
    private static VectorBytes QueryOf(Gallery gallery, IReadOnlyList<ImageToEnrol> images)
    {
        try
        {
            foreach (ImageToEnrol image in images)
            {
                EmbeddingLimits.Validate(image.Embedding.Components, gallery.Dimension);
            }

            return images.Count == 1
                ? images[0].Embedding
                : VectorBytes.From(QueryMean.Combine(
                    [.. images.Select(image => image.Embedding.Components.ToArray())], [], 0)
                    ?? throw new InvalidEmbeddingException(
                        $"The {images.Count} frames cancel to a zero sum, which has no direction to search for."));
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }

    private async Task<SightingReceipt> DecideAsync(
        Gallery gallery, Observation observation, IReadOnlyList<ImageToEnrol> images, VectorBytes query,
        ObservationRule rule, CancellationToken cancellationToken)
    {
        // What it founded or kept aside before may have outlived what is remembered.
        string ownId = IdentityOf(observation.ObservationId);
        IdentitySnapshot? own = await _calls.HasImagesAsync(gallery, ownId)
            ? await _calls.FindIdentityAsync(gallery, ownId)
            : null;
        IReadOnlyList<Match> matches = await _search.FindAsync(gallery, query, Candidates, cancellationToken);
        ObservationDecision decision = own is null ? rule.Decide(matches)
            : own.Attributes.GetValueOrDefault(ReservedAttributes.State) == ReservedAttributes.Ambiguous
                ? ObservationDecision.Parked
            : ObservationDecision.Founded;
        for (int look = 1; own is null && decision == ObservationDecision.Parked && look <= Looks
            && await _merge.MayMergeAsync(gallery, matches, rule); look++)
        {
            await Task.Delay(
                Math.Min(look, SlowestLook) * (0.5 + Random.Shared.NextDouble()) * Pause, time, cancellationToken);
            matches = await _search.FindAsync(gallery, query, Candidates, cancellationToken);
            decision = rule.Decide(matches);
        }

        string identityId = decision == ObservationDecision.Joined
            ? matches[0].IdentityId
            : ownId;
        Sighting sighting = new()
        {
            Record = new ObservationRecord
            {
                ObservationId = observation.ObservationId,
                Decision = decision,
                IdentityId = identityId,
                Images = [],
                Candidates =
                [
                    .. matches.Select(match => new ObservationCandidate
                    {
                        IdentityId = match.IdentityId, Score = match.Score,
                    }),
                ],
                JoinThreshold = rule.JoinThreshold,
                FoundThreshold = rule.FoundThreshold,
                Margin = rule.Margin,
                DecidedAt = time.GetUtcNow(),
            },
            Images = images,
            Digest = observation.Digest,
            PromoteImages = (gallery.Settings.Observe ?? new()).PromoteImages,
            PromoteDispersion = (gallery.Settings.Observe ?? new()).PromoteDispersion,
        };
        return await grains.IdentityGrain(gallery, identityId).ObserveAsync(sighting)
            .WaitAsync(AnswerTime, time, cancellationToken);
    }

    private async Task<ObservationRecord?> FindAsync(Gallery gallery, Observation observation)
    {
        ObservationRecord? record = await _calls.FindObservationAsync(
            gallery, observation.ObservationId, observation.Digest);
        return record?.UndoneAt is { } undone
            ? throw new OperationConflictException(
                $"The observation '{observation.ObservationId}' was undone on {undone.UtcDateTime:O}; send its images "
                + "under another id.")
            : record;
    }

    private async Task<ObservationRecord> RequireAsync(Gallery gallery, string observationId) =>
        await _calls.FindObservationAsync(gallery, observationId, null)
        ?? throw new OperationNotFoundException(
            $"There is no observation '{observationId}', or it is not remembered any more.");

    // Whoever hears of a stranger hears of one that no other silo founded at the same time: it is settled though nobody
    // waits any more.
    private async Task<ObservationOutcome> ShowAsync(Gallery gallery, ObservationRecord record, bool isDuplicate)
    {
        if (record is { Decision: ObservationDecision.Founded, UndoneAt: null })
        {
            await _merge.SettleAsync(gallery, record, CancellationToken.None);
        }

        return await ToOutcomeAsync(gallery, record, isDuplicate);
    }

    private async Task<ObservationOutcome> ToOutcomeAsync(Gallery gallery, ObservationRecord record, bool isDuplicate)
    {
        (string identityId, IdentitySnapshot? identity) = await _merge.FollowAsync(gallery, record);
        return new ObservationOutcome
        {
            Record = record, IsDuplicate = isDuplicate, IdentityId = identityId, Identity = identity,
        };
    }
}
