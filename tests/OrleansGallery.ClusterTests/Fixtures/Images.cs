using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Images to enrol, made of synthetic vectors.</summary>
internal static class Images
{
    public static ImageToEnrol Of(int identity, int image, int dimension = 16, string facet = "") =>
        Of(SyntheticVectors.Embedding(identity, image, dimension), facet);

    public static ImageToEnrol Of(float[] vector, string facet = "", string? imageId = null)
    {
        VectorBytes embedding = VectorBytes.From(vector);
        byte[] hash = SHA256.HashData(embedding.Bytes);
        return new ImageToEnrol
        {
            ImageId = imageId ?? Convert.ToHexStringLower(hash),
            Facet = facet,
            ContentHash = hash,
            Embedding = embedding,
        };
    }
}
