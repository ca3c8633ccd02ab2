using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Adds the images of an observation, with what is remembered of it.</summary>
/// <param name="sighting">The observation.</param>
/// <param name="expires">Until when it is remembered.</param>
/// <param name="readEmbedding">Reads the embedding of an image that the identity has.</param>
internal sealed class ObserveOperation(
    Sighting sighting, DateTimeOffset expires, Func<string, Task<VectorBytes>> readEmbedding)
    : LedgerOperation<SightingReceipt>
{
    // Of so many images at most the dispersion is measured; one of more is promoted by its count alone.
    private const int MeasuredImages = 256;

    private ObservationRecord _record = sighting.Record;
    private bool _isDuplicate;

    private ObservationDecision Decision => sighting.Record.Decision;

    /// <inheritdoc />
    public override bool IsSingle => true;

    /// <inheritdoc />
    public override long BytesOf(int dimension) =>
        base.BytesOf(dimension) + sighting.Images.Sum(image => image.Bytes);

    /// <inheritdoc />
    protected override async Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        EnrolOutcome?[] known =
            [.. sighting.Images.Select(image => draft.Find(image.ImageId, image.ContentHash))];
        if (Array.IndexOf(known, EnrolOutcome.Conflict) is >= 0 and var changed)
        {
            throw new ImageChangedException(
                $"Identity '{state.IdentityId}' has other content as image '{sighting.Images[changed].ImageId}'; "
                + "nothing was observed. Send it under another id.");
        }

        _isDuplicate = Array.TrueForAll(known, outcome => outcome is not null);
        if (_isDuplicate)
        {
            // Somebody may have sent it twice at once: then this is refused, and what was written first holds.
            draft.Note(draft.Attributes, ObservationNotes.ToNote(_record, sighting.Digest, expires));
            return;
        }

        RequirePlace(draft, state);
        ImageToEnrol[] added = [.. sighting.Images.Where((_, i) => known[i] is null)];
        draft.Add(added);
        _record = sighting.Record with
        {
            Images =
            [
                .. added.Select(image => new ObservedImage
                {
                    ImageId = image.ImageId, ContentHash = Convert.ToHexStringLower(image.ContentHash),
                }),
            ],
        };
        AttributeSet attributes = AttributeRules.RequireRoom(
            state.IdentityId,
            Decision == ObservationDecision.Joined ? await JoinedAsync(draft, state, added) : Founded());
        draft.Note(attributes, ObservationNotes.ToNote(_record, sighting.Digest, expires));
    }

    /// <inheritdoc />
    protected override SightingReceipt ToAnswer(LedgerOutcome outcome) => new()
    {
        Record = _record,
        IsDuplicate = _isDuplicate,
        Version = outcome.State.Version,
        Count = outcome.State.Centroid.Count,
        State = outcome.State.Attributes.Find(ReservedAttributes.State),
    };

    private void RequirePlace(IdentityDraft draft, IdentityState state)
    {
        bool isThere = draft.Centroid.Count > 0;
        if (Decision == ObservationDecision.Joined && !isThere)
        {
            throw new IdentityNotFoundException($"There is no identity '{state.IdentityId}' any more.");
        }

        if (Decision == ObservationDecision.Joined && draft.Attributes.AreAmbiguous())
        {
            throw new RetryException($"Identity '{state.IdentityId}' became ambiguous meanwhile; search again.")
            {
                NothingWritten = true,
            };
        }

        if (Decision != ObservationDecision.Joined && isThere)
        {
            throw new IdentityExistsException(
                $"There is an identity '{state.IdentityId}' already, with {draft.Centroid.Count} other images; send "
                + "the observation under another id.");
        }
    }

    private AttributeSet Founded()
    {
        Dictionary<string, string> attributes = new(sighting.Images[0].Attributes ?? new Dictionary<string, string>())
        {
            [ReservedAttributes.Observation] = sighting.Record.ObservationId,
            [ReservedAttributes.State] = Decision == ObservationDecision.Founded
                ? ReservedAttributes.Provisional
                : ReservedAttributes.Ambiguous,
            [ReservedAttributes.Seen] = ObservedState.TextOf(sighting.Record.DecidedAt),
        };
        if (Decision == ObservationDecision.Founded)
        {
            attributes[ReservedAttributes.Unsettled] = ReservedAttributes.Yes;
        }

        // What it resembles is written later, and must have room.
        AttributeRules.RequireRoom(sighting.Record.IdentityId, AttributeSet.Of(
            new Dictionary<string, string>(attributes)
            {
                [ReservedAttributes.SimilarTo] = sighting.Record.IdentityId,
            }));
        return AttributeSet.Of(attributes);
    }

    private async Task<AttributeSet> JoinedAsync(IdentityDraft draft, IdentityState state, ImageToEnrol[] added) =>
        draft.Attributes.Find(ReservedAttributes.State) != ReservedAttributes.Provisional ? draft.Attributes
        // It is to be compared first with those founded at the same time.
        : draft.Attributes.Find(ReservedAttributes.Unsettled) is null && await IsCompleteAsync(draft, state, added)
            ? draft.Attributes.WithoutReserved()
        : draft.Attributes.With(
            [KeyValuePair.Create(ReservedAttributes.Seen, (string?)ObservedState.TextOf(sighting.Record.DecidedAt))]);

    private async Task<bool> IsCompleteAsync(IdentityDraft draft, IdentityState state, ImageToEnrol[] added)
    {
        float[] centroid = new float[state.Dimension];
        if (draft.Centroid.Count < sighting.PromoteImages || !draft.Centroid.TryGetCentroid(centroid))
        {
            return false;
        }

        if (draft.Centroid.Count > MeasuredImages)
        {
            return true;
        }

        VectorBytes[] before = await Task.WhenAll(state.Images.Keys.Select(readEmbedding));
        IEnumerable<VectorBytes> all = before.Concat(added.Select(image => image.Embedding));
        return Dispersion.Of(all.Select(embedding => embedding.Components.ToArray()), centroid)
            <= sighting.PromoteDispersion;
    }
}
