using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Records of the wire to records of the store and back.</summary>
internal static class StoreRecords
{
    public static IdentityWrite ToWrite(IdentityChange change, Hash256 hash) => new()
    {
        IdentityId = change.IdentityId,
        Count = change.Count,
        Hash = hash,
        Centroid = change.Centroid?.Bytes,
        RemovedImages = change.RemovedImages,
        AddedImages = [.. change.AddedImages.Select(ToStored)],
        Facets = [.. change.Facets.Select(facet => new StoredFacet(facet.Facet, facet.Count, facet.Sum))],
        Attributes = change.ChangesAttributes ? ToAttributes(change.Attributes) : null,
        Note = change.Note is not { } note ? null : new StoredOperation
        {
            Id = note.Id, Digest = note.Digest, Receipt = note.Receipt, ExpiresAt = note.ExpiresAt,
        },
    };

    /// <summary>An identity as lists show it.</summary>
    public static IdentityEntry ToEntry(IdentityListing identity) => new()
    {
        IdentityId = identity.IdentityId,
        Version = identity.Version,
        Count = identity.Count,
        Attributes = identity.Attributes.ToDictionary(),
    };

    public static AttributeSet ToAttributes(IReadOnlyDictionary<string, string>? attributes) =>
        attributes is null ? AttributeSet.Empty : AttributeSet.Of(attributes);

    public static IdentityCentroid ToCentroid(int dimension, IEnumerable<StoredFacet> facets) =>
        IdentityCentroid.FromFacets(
            dimension, facets.Select(f => KeyValuePair.Create(f.Facet, new RunningCentroid(f.Count, f.Sum))));

    public static FacetRow ToFacetRow(FacetCentroid facet) =>
        new(facet.Facet, facet.Count, facet.Centroid?.Components.ToArray());

    /// <summary>What is left of an identity without each of its facets. Of more facets than can be left out only the
    /// names are worth the work.</summary>
    public static IReadOnlyList<FacetRow> ToFacetRows(int dimension, StoredRow row) =>
        row.Facets.Count is < 2 or > FacetedTable.MaxFacets
            ? [.. row.Facets.Select(facet => new FacetRow(facet.Facet, row.Count - facet.Count, null))]
            : ToCentroid(dimension, row.Facets).WithoutEachFacet();

    /// <summary>A page of at most <paramref name="limit"/> images, of which one more may have been read.</summary>
    public static IdentityInsight ToInsight(
        long version, IdentityCentroid sums, IReadOnlyList<StoredImage> images, int limit, float[]? compared)
    {
        ImageShares shares = new(sums, compared);
        return new IdentityInsight
        {
            Version = version,
            Count = sums.Count,
            Score = Shown(shares.Score),
            Images = [.. images.Take(limit).Select(image => ToInsight(image, shares))],
            Next = images.Count > limit ? images[limit - 1].ImageId : null,
        };
    }

    public static EnrolledImage ToEnrolled(StoredImage image) => new()
    {
        ImageId = image.ImageId,
        Facet = image.Facet,
        ContentHash = image.ContentHash,
        TakenAt = image.TakenAt,
        Embedding = image.Embedding is null ? null : new VectorBytes(image.Embedding),
        HasPicture = image.HasPicture,
    };

    /// <summary>Without the calibration's curve: what every search asks for should be small.</summary>
    public static Gallery ToGallery(GalleryRecord gallery)
    {
        StoredSettings settings = StoredSettings.Of(gallery);
        return new Gallery
        {
            Number = gallery.Number,
            Name = gallery.Name,
            Dimension = gallery.Dimension,
            Partitions = gallery.Partitions,
            Settings = settings.ToSettings(),
            CreatedAt = gallery.CreatedAt,
            Calibration = settings.Calibration is { } calibration ? calibration with { Curve = [] } : null,
        };
    }

    public static GalleryRecord ToRecord(Gallery gallery) => new()
    {
        Name = gallery.Name,
        Dimension = gallery.Dimension,
        Partitions = gallery.Partitions,
        Settings = gallery.Settings.ToJson(),
        CreatedAt = gallery.CreatedAt,
    };

    private static ImageInsight ToInsight(StoredImage image, ImageShares shares)
    {
        ImageShare share = shares.Of(new VectorBytes(image.Embedding!).Components);
        return new ImageInsight
        {
            ImageId = image.ImageId,
            Facet = image.Facet,
            Score = Shown(share.Score),
            ScoreWithout = Shown(share.ScoreWithout),
            Contribution = share.Contribution,
            ScoreCompared = Shown(share.ScoreCompared),
        };
    }

    private static double? Shown(double? score) => score is { } value ? ShownRange.Score(value) : null;

    private static StoredImage ToStored(ImageToEnrol image) => new()
    {
        ImageId = image.ImageId,
        Facet = image.Facet,
        ContentHash = image.ContentHash,
        TakenAt = image.TakenAt,
        Embedding = image.Embedding.Bytes,
        Picture = image.Picture is { } picture ? StoredPicture.Of(picture.Thumbnail, picture.Original) : null,
    };
}
