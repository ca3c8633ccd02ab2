using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.Simulation;

/// <summary>An image as a plain list holds it.</summary>
/// <param name="ImageId">Its id.</param>
/// <param name="Content">The number of its content, which is its facet and its embedding.</param>
internal sealed record PlainImage(string ImageId, int Content)
{
    /// <summary>How many components an embedding has.</summary>
    public const int Dimension = 8;

    /// <summary>How many contents there are.</summary>
    public const int Contents = 400;

    // Every so many are the former one with the sign turned: the two of them have no direction.
    private const int OppositeEvery = 10;

    private static readonly string[] FacetNames = ["", "c1", "c2", "\u00e9t\u00e9"];

    private static readonly (float[] Embedding, byte[] Hash)[] Known =
        [.. Enumerable.Range(0, Contents).Select(Make)];

    /// <summary>The facets that there are.</summary>
    public static IReadOnlyList<string> Facets => FacetNames;

    /// <summary>Its facet.</summary>
    public string Facet => FacetNames[Content / OppositeEvery % FacetNames.Length];

    /// <summary>Its embedding, <see cref="Dimension"/> components.</summary>
    public float[] Embedding => Known[Content].Embedding;

    /// <summary>SHA-256 of its content.</summary>
    public byte[] ContentHash => Known[Content].Hash;

    /// <summary>The image as a grain takes it.</summary>
    /// <returns>The request.</returns>
    public ImageToEnrol ToEnrol() => new()
    {
        ImageId = ImageId, Facet = Facet, ContentHash = ContentHash, Embedding = VectorBytes.From(Embedding),
    };

    private static (float[] Embedding, byte[] Hash) Make(int content)
    {
        bool isOpposite = content % OppositeEvery == OppositeEvery - 1;
        int number = isOpposite ? content - 1 : content;
        float[] embedding = SyntheticVectors.Embedding(number / OppositeEvery, number, Dimension);
        if (isOpposite)
        {
            embedding = [.. embedding.Select(component => -component)];
        }

        return (embedding, SHA256.HashData(VectorBytes.From(embedding).Bytes));
    }
}
