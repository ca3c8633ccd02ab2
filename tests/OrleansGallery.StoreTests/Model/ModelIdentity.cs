using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What an identity must hold, as its images say.</summary>
/// <param name="id">Its id.</param>
/// <param name="version">The sequence at which it last changed.</param>
/// <param name="images">Its images by their ids.</param>
public sealed class ModelIdentity(string id, long version, IReadOnlyDictionary<string, StoredImage> images)
{
    private readonly IdentityCentroid _centroid = Fold(images.Values);
    private StoredRow? _row;

    public IReadOnlyDictionary<string, StoredImage> Images { get; } = images;

    public long Version { get; } = version;

    /// <summary>Its attributes.</summary>
    public AttributeSet Attributes { get; init; } = AttributeSet.Empty;

    /// <summary>Its row.</summary>
    public StoredRow Row => _row ??= new(id, Version, _centroid.Count, _centroid.ComputeHash(id), Centroid())
    {
        Attributes = Attributes,
    };

    /// <summary>Its images in the order of their ids.</summary>
    public IReadOnlyList<StoredImage> Ordered => [.. Images.Values.OrderBy(image => image.ImageId, Utf8Order.Instance)];

    /// <summary>Its sums in the order of facets.</summary>
    public IReadOnlyList<StoredFacet> Facets => [.. _centroid.Facets
        .Select(facet => Facet(facet.Facet)).OrderBy(facet => facet.Facet, Utf8Order.Instance)];

    /// <summary>The sum of a facet; with a count of 0 where there is none.</summary>
    public StoredFacet Facet(string facet)
    {
        if (_centroid.Find(facet) is not { } sum)
        {
            return new StoredFacet(facet, 0, []);
        }

        byte[] bytes = new byte[sum.SumBytes];
        sum.WriteSum(bytes);
        return new StoredFacet(facet, sum.Count, bytes);
    }

    private static IdentityCentroid Fold(IEnumerable<StoredImage> images)
    {
        IdentityCentroid centroid = new(TestImages.Dimension);
        foreach (StoredImage image in images)
        {
            centroid.Add(image.Facet, TestImages.Components(image));
        }

        return centroid;
    }

    private byte[]? Centroid()
    {
        Span<float> unit = stackalloc float[TestImages.Dimension];
        return _centroid.TryGetCentroid(unit) ? TestImages.Bytes(unit) : null;
    }
}
