using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.ClusterTests;

/// <summary>Changes as identities send them.</summary>
internal static class Changes
{
    /// <summary>The first image of an identity.</summary>
    public static IdentityChange Of(string identityId, int number, int dimension = 16)
    {
        ImageToEnrol image = Images.Of(number, 0, dimension);
        IdentityCentroid centroid = new(dimension);
        centroid.Add(image.Facet, image.Embedding.Components);
        float[] unit = new float[dimension];
        Assert.True(centroid.TryGetCentroid(unit));
        byte[] sum = new byte[dimension * sizeof(long)];
        centroid.Find(image.Facet)!.WriteSum(sum);
        return new IdentityChange
        {
            IdentityId = identityId,
            ExpectedVersion = 0,
            AddedImages = [image],
            RemovedImages = [],
            Facets = [new FacetSum { Facet = image.Facet, Count = 1, Sum = sum }],
            Count = 1,
            Centroid = VectorBytes.From(unit),
            Hash = centroid.ComputeHash(identityId).ToByteArray(),
        };
    }
}
