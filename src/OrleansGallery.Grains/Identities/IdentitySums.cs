using System.Runtime.InteropServices;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>An identity's sums as a change carries them.</summary>
internal static class IdentitySums
{
    /// <summary>The change to new sums; its lists of images are empty.</summary>
    /// <param name="before">The identity as the store has it, on which the change builds.</param>
    /// <param name="sums">The sums after it.</param>
    /// <param name="touched">The facets that changed.</param>
    /// <param name="attributes">The attributes after it.</param>
    public static IdentityChange ToChange(
        IdentityState before, IdentityCentroid sums, IEnumerable<string> touched, AttributeSet attributes)
    {
        // An identity that could not be searched has no row that would keep its attributes.
        bool changesAttributes = sums.Count > 0 && (!attributes.Equals(before.Attributes)
            || (attributes.Count > 0 && CentroidOf(before.Centroid) is null));
        return new IdentityChange
        {
            IdentityId = before.IdentityId,
            ExpectedVersion = before.Version,
            AddedImages = [],
            RemovedImages = [],
            Facets = sums.Count == 0 ? [] : [.. touched.Select(facet => ToSum(sums, facet))],
            Count = sums.Count,
            Centroid = CentroidOf(sums),
            Hash = sums.ComputeHash(before.IdentityId).ToByteArray(),
            Without = Without(sums),
            Attributes = changesAttributes && attributes.Count > 0 ? attributes.ToDictionary() : null,
            ChangesAttributes = changesAttributes,
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
