using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class IdentityHashTests
{
    [Fact]
    public void ComputeHash_KnownIdentity_EqualsAnotherLanguagesHash()
    {
        IdentityCentroid identity = new(3);
        identity.Add("c3", [1, 2, -4096]);
        identity.Add("", [0.5f, -1.25f, 3]);
        identity.Add("c3", [0.1f, 0.2f, 0.3f]);

        // From a Python script: struct.pack, fractions.Fraction, hashlib.sha256.
        Assert.Equal(
            "ccdf1dfd597c64980e40903304407f336b34cd83f850c81b26157324eeebff2e",
            identity.ComputeHash("p42 é").ToString());
    }

    [Fact]
    public void ComputeHash_AnyIdentity_EqualsTheLayoutWrittenOut()
    {
        Random random = new(8);
        for (int dimension = 1; dimension < 40; dimension++)
        {
            SortedDictionary<string, List<float[]>> images = new(StringComparer.Ordinal);
            IdentityCentroid identity = new(dimension);
            for (int image = random.Next(1, 10); image > 0; image--)
            {
                string facet = random.Next(3) == 0 ? "" : $"cam{random.Next(12)}";
                float[] embedding = TestVectors.Embedding(random, dimension);
                identity.Add(facet, embedding);
                images.TryAdd(facet, []);
                images[facet].Add(embedding);
            }

            string id = new('x', random.Next(1, 300));
            Assert.Equal(Hash256.FromBytes(SHA256.HashData(Layout(id, images))), identity.ComputeHash(id));
        }
    }

    [Fact]
    public void ComputeHash_NoImages_IsZero()
    {
        IdentityCentroid identity = new(2);
        Assert.Equal(default, identity.ComputeHash("p"));
        identity.Add("a", [1, 2]);
        Assert.NotEqual(default, identity.ComputeHash("p"));
        identity.Remove("a", [1, 2]);
        Assert.Equal(default, identity.ComputeHash("p"));
    }

    [Fact]
    public void ComputeHash_NoValidText_Throws()
    {
        IdentityCentroid identity = new(1);
        identity.Add("", [1]);
        Assert.Throws<EncoderFallbackException>(() => identity.ComputeHash("\ud800"));
    }

    private static byte[] Layout(string id, SortedDictionary<string, List<float[]>> images)
    {
        MemoryStream stream = new();
        BinaryWriter writer = new(stream); // little-endian
        WriteText(writer, id);
        foreach ((string facet, List<float[]> embeddings) in images)
        {
            WriteText(writer, facet);
            writer.Write((long)embeddings.Count);
            for (int i = 0; i < embeddings[0].Length; i++)
            {
                // Math.Round takes halves to even.
                writer.Write(embeddings.Sum(embedding => (long)Math.Round((double)embedding[i] * 1073741824)));
            }
        }

        return stream.ToArray();
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((uint)utf8.Length);
        writer.Write(utf8);
    }
}
