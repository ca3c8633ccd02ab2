using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>An identity as the store has it; changed only by a commit that the store accepted.</summary>
/// <param name="identityId">The identity's id.</param>
/// <param name="known">What its partition says of it and of its gallery.</param>
/// <param name="stored">What was read; null: it has no image.</param>
internal sealed class IdentityState(string identityId, IdentityVersion known, StoredIdentity? stored)
{
    private readonly Dictionary<string, KnownImage> _images = (stored?.Images ?? []).ToDictionary(
        image => image.ImageId, image => new KnownImage(image.ContentHash, image.Facet), StringComparer.Ordinal);

    /// <summary>The identity's id.</summary>
    public string IdentityId => identityId;

    /// <summary>Components of an embedding.</summary>
    public int Dimension => known.Dimension;

    /// <summary>Whether embeddings are L2-normalised before they are stored.</summary>
    public bool NormalizeFirst => known.NormalizeFirst;

    /// <summary>The version; 0: no image.</summary>
    public long Version { get; private set; } = stored?.Version ?? 0;

    /// <summary>The exact sums.</summary>
    public IdentityCentroid Centroid { get; private set; } =
        StoreRecords.ToCentroid(known.Dimension, stored?.Facets ?? []);

    /// <summary>Its attributes.</summary>
    public AttributeSet Attributes { get; private set; } = stored?.Attributes ?? AttributeSet.Empty;

    /// <summary>Its images by id.</summary>
    public IReadOnlyDictionary<string, KnownImage> Images => _images;

    /// <summary>Takes over what a commit made of the identity.</summary>
    /// <param name="change">The committed change.</param>
    /// <param name="draft">What the change was made of.</param>
    /// <param name="version">The commit's sequence.</param>
    public void Apply(IdentityChange change, IdentityDraft draft, long version)
    {
        Centroid = draft.Centroid;
        Version = change.Count == 0 ? 0 : version;
        Attributes = change.Count == 0 ? AttributeSet.Empty : draft.Attributes;
        if (change.Count == 0)
        {
            _images.Clear();
            return;
        }

        foreach (string removed in change.RemovedImages)
        {
            _images.Remove(removed);
        }

        foreach (ImageToEnrol added in change.AddedImages)
        {
            _images.Add(added.ImageId, new KnownImage(added.ContentHash, added.Facet));
        }
    }

    /// <summary>The identity as callers see it.</summary>
    /// <returns>The snapshot.</returns>
    public IdentitySnapshot Describe()
    {
        float[] unit = new float[Dimension];
        double[] mean = new double[Dimension];
        Centroid.GetMeanExcept(null, mean);
        return new IdentitySnapshot
        {
            MeanLength = Math.Sqrt(mean.Sum(component => component * component)),
            Version = Version,
            Count = Centroid.Count,
            Facets = Centroid.Facets.ToDictionary(facet => facet.Facet, facet => facet.Count, StringComparer.Ordinal),
            Centroid = Centroid.TryGetCentroid(unit) ? VectorBytes.From(unit) : null,
            Hash = Centroid.ComputeHash(identityId).ToString(),
            Attributes = Attributes.ToDictionary(),
        };
    }

    /// <summary>What an operation makes of the identity; the version after it is not known yet.</summary>
    /// <param name="after">The sums after it.</param>
    /// <returns>The identity's side of the operation.</returns>
    public OperationSide ToSide(IdentityCentroid after) => new()
    {
        IdentityId = identityId,
        Before = ToMark(Version, Centroid),
        After = ToMark(0, after),
    };

    private IdentityMark ToMark(long version, IdentityCentroid sums) => new()
    {
        Version = version,
        Count = sums.Count,
        Hash = sums.ComputeHash(identityId).ToString(),
    };
}
