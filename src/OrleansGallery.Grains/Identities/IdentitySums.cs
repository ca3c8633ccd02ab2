using System.Runtime.InteropServices;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>An identity's sums as a change carries them.</summary>
internal static class IdentitySums
{
    /// <summary>The change to new sums; its lists of images are empty.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="version">The version that the change builds on.</param>
    /// <param name="sums">The sums after it.</param>
    /// <param name="touched">The facets that changed.</param>
    /// <param name="before">The attributes that the store has.</param>
    /// <param name="after">Those after the change.</param>
    public static IdentityChange ToChange(
        string identityId, long version, IdentityCentroid sums, IEnumerable<string> touched, AttributeSet before,
        AttributeSet after)
    {
        return new IdentityChange
        {
            IdentityId = identityId,
            ExpectedVersion = version,
            AddedImages = [],
            RemovedImages = [],
            Facets = sums.Count == 0 ? [] : [.. touched.Select(facet => ToSum(sums, facet))],
            Count = sums.Count,
            Centroid = CentroidOf(sums),
            Hash = sums.ComputeHash(identityId).ToByteArray(),
            Without = Without(sums),
            Attributes = sums.Count == 0 || after.Count == 0 ? null : after.ToDictionary(),
            ChangesAttributes = sums.Count > 0 && !after.Equals(before),
        };
    }

    private static VectorBytes? CentroidOf(IdentityCentroid sums)
    {
        byte[] unit = new byte[sums.Dimension * sizeof(float)];
        return sums.TryGetCentroid(MemoryMarshal.Cast<byte, float>(unit.AsSpan())) ? new VectorBytes(unit) : null;
    }

    private static FacetCentroid[] Without(IdentityCentroid sums) =>
    [
        .. sums.WithoutEachFacet().Select(facet => new FacetCentroid
        {
            Facet = facet.Facet,
            Count = facet.Count,
            Centroid = facet.Centroid is null ? null : VectorBytes.From(facet.Centroid),
        }),
    ];

    private static FacetSum ToSum(IdentityCentroid sums, string facet)
    {
        RunningCentroid? centroid = sums.Find(facet);
        byte[] sum = centroid is null ? [] : new byte[centroid.SumBytes];
        centroid?.WriteSum(sum);
        return new FacetSum { Facet = facet, Count = centroid?.Count ?? 0, Sum = sum };
    }
}
