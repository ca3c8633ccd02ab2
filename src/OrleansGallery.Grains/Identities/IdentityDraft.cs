using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// What one commit would make of an identity: operations are played onto a copy of its sums, and only the net effect
/// per image is sent. The state itself stays as the store has it until the store has accepted.
/// </summary>
/// <param name="state">The identity as it is stored.</param>
/// <param name="readEmbedding">Reads the embedding of an image.</param>
/// <param name="erased">Contents that are known to be refused.</param>
internal sealed class IdentityDraft(
    IdentityState state, Func<string, Task<VectorBytes>> readEmbedding, IReadOnlyList<ErasedContent>? erased = null)
{
    private readonly Dictionary<string, ImageToEnrol> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touchedFacets = new(StringComparer.Ordinal);
    private IdentityCentroid? _copy;
    private AttributeSet? _attributes;
    private ChangeNote? _note;

    /// <summary>The sums with everything played so far.</summary>
    public IdentityCentroid Centroid => _copy ?? state.Centroid;

    /// <summary>The contents of the images that were added.</summary>
    public IReadOnlyList<byte[]> AddedContents => [.. _added.Values.Select(image => image.ContentHash)];

    /// <summary>The attributes with everything played so far.</summary>
    public AttributeSet Attributes => _attributes ?? state.Attributes;

    /// <summary>Whether there is something to commit.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Whether an image is enrolled.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="contentHash">Its content.</param>
    /// <returns>Duplicate, conflict, or null.</returns>
    public EnrolOutcome? Find(string imageId, ReadOnlySpan<byte> contentHash) =>
        Find(imageId) is not { } known ? null
        : contentHash.SequenceEqual(known.ContentHash) ? EnrolOutcome.Duplicate
        : EnrolOutcome.Conflict;

    /// <summary>Adds an image. Whoever names the identity so confirms it: it is not provisional any more.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Searchable if it was added, else duplicate or conflict.</returns>
    /// <exception cref="InvalidEmbeddingException">The embedding is refused; nothing changed.</exception>
    /// <exception cref="ImageErasedException">The content is refused; nothing changed.</exception>
    /// <exception cref="InvalidRequestException">The identity would have too many attributes; nothing changed.
    /// </exception>
    public EnrolOutcome Enrol(ImageToEnrol image)
    {
        if (Find(image.ImageId, image.ContentHash) is { } enrolled)
        {
            return enrolled;
        }

        RequireNotErased(image);
        AttributeSet confirmed = Attributes.WithoutReserved();
        AttributeSet attributes = image.Attributes is null
            ? confirmed
            : AttributeRules.RequireRoom(state.IdentityId, confirmed.With(image.Attributes!));
        Add(image);
        _attributes = attributes;
        return EnrolOutcome.Searchable;
    }

    /// <summary>Adds the images of an observation: all of them or, where one is refused, none.</summary>
    /// <param name="images">The images, none of which the identity has.</param>
    /// <exception cref="InvalidEmbeddingException">An embedding is refused.</exception>
    /// <exception cref="ImageErasedException">A content is refused.</exception>
    public void Add(IReadOnlyList<ImageToEnrol> images)
    {
        if (Centroid.Count + images.Count > EmbeddingLimits.MaxImages)
        {
            throw new InvalidEmbeddingException(
                $"Identity '{state.IdentityId}' would hold {Centroid.Count + images.Count} images; the limit is "
                + $"{EmbeddingLimits.MaxImages}.");
        }

        try
        {
            foreach (ImageToEnrol image in images)
            {
                RequireNotErased(image);
                EmbeddingLimits.Validate(image.Embedding.Components, state.Dimension);
            }
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }

        foreach (ImageToEnrol image in images)
        {
            Add(image);
        }
    }

    /// <summary>Sets attributes and what is remembered of the change.</summary>
    /// <param name="attributes">All attributes; without meaning where no image is left.</param>
    /// <param name="note">What is remembered.</param>
    public void Note(AttributeSet attributes, ChangeNote note)
    {
        (_attributes, _note, HasChanged) = (attributes, note, true);
        ForgetWithoutImages();
    }

    /// <summary>Removes an image.</summary>
    /// <param name="imageId">The image.</param>
    /// <returns>When its embedding was read and taken back.</returns>
    /// <exception cref="ImageNotFoundException">There is none.</exception>
    public async Task RemoveAsync(string imageId)
    {
        KnownImage known = Find(imageId) ?? throw new ImageNotFoundException(
            $"Identity '{state.IdentityId}' has no image '{imageId}'.");
        if (_added.Remove(imageId, out ImageToEnrol? pending))
        {
            Copy().Remove(pending.Facet, pending.Embedding.Components);
        }
        else
        {
            VectorBytes embedding = await readEmbedding(imageId);
            Copy().Remove(known.Facet, embedding.Components);
            _removed.Add(imageId);
        }

        Touch(known.Facet);
        ForgetWithoutImages();
    }

    /// <summary>Changes the attributes.</summary>
    /// <param name="request">The change.</param>
    /// <exception cref="IdentityNotFoundException">There is no image, and so no identity.</exception>
    /// <exception cref="InvalidRequestException">There would be too many; nothing changed.</exception>
    /// <exception cref="PreconditionFailedException">The identity is at another version than the expected one, or
    /// leaves it with what was played before.</exception>
    public void SetAttributes(AttributesRequest request)
    {
        RequireVersion(request.ExpectedVersion);
        if (Centroid.Count == 0)
        {
            throw new IdentityNotFoundException($"There is no identity '{state.IdentityId}'.");
        }

        AttributeSet after = AttributeRules.RequireRoom(
            state.IdentityId, (request.ReplacesAll ? Attributes.OnlyReserved() : Attributes).With(request.Changes));
        if (!after.Equals(Attributes))
        {
            _attributes = after;
            HasChanged = true;
        }
    }

    /// <summary>Removes everything; no other operation may follow in this draft.</summary>
    /// <param name="expectedVersion">The only version that is to be removed; null: whatever it is.</param>
    /// <exception cref="IdentityNotFoundException">There is no image.</exception>
    /// <exception cref="PreconditionFailedException">It is another version.</exception>
    public void Delete(long? expectedVersion = null)
    {
        RequireVersion(expectedVersion);
        if (Centroid.Count == 0)
        {
            throw new IdentityNotFoundException($"There is no identity '{state.IdentityId}'.");
        }

        _copy = new IdentityCentroid(state.Dimension);
        HasChanged = true;
    }

    /// <summary>The net change.</summary>
    public IdentityChange ToChange()
    {
        IdentityChange change = IdentitySums.ToChange(state, Centroid, _touchedFacets, Attributes);
        return change.Count == 0
            ? change with { Note = _note }
            : change with { AddedImages = [.. _added.Values], RemovedImages = [.. _removed], Note = _note };
    }

    private void Add(ImageToEnrol image)
    {
        try
        {
            ImageToEnrol stored = state.NormalizeFirst
                ? image with { Embedding = VectorBytes.From(QueryVector.Normalize(image.Embedding.Components)) }
                : image;
            Copy().Add(stored.Facet, stored.Embedding.Components);
            _added.Add(stored.ImageId, stored);
            Touch(stored.Facet);
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }

    private KnownImage? Find(string imageId) =>
        _added.TryGetValue(imageId, out ImageToEnrol? pending) ? new KnownImage(pending.ContentHash, pending.Facet)
        : !_removed.Contains(imageId) && state.Images.TryGetValue(imageId, out KnownImage known) ? known
        : null;

    private void RequireVersion(long? expected)
    {
        if (expected is { } version && (HasChanged || state.Version != version))
        {
            throw new PreconditionFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The change is meant for version {version} of '{state.IdentityId}', which "
                + $"{(HasChanged ? "changes at the same time" : $"is at {state.Version}")}. Read it again."));
        }
    }

    private void RequireNotErased(ImageToEnrol image)
    {
        if (erased?.FirstOrDefault(one => one.Digest.AsSpan().SequenceEqual(image.ContentHash)) is { } found)
        {
            throw new ImageErasedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The content of image '{image.ImageId}' was erased from this gallery, which refuses it until "
                + $"{found.ExpiresAt.UtcDateTime:O}."));
        }
    }

    // The identity ends with its last image, though an image that follows in the same commit begins a new one.
    private void ForgetWithoutImages()
    {
        if (Centroid.Count == 0)
        {
            _attributes = AttributeSet.Empty;
        }
    }

    private IdentityCentroid Copy() => _copy ??= state.Centroid.Clone();

    private void Touch(string facet)
    {
        _touchedFacets.Add(facet);
        HasChanged = true;
    }
}
