using OrleansGallery.Inference.Networks;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>A few of the golden numbers, so that every clone checks parity.</summary>
public sealed class ParityTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Embedding_FormulaWeights_EqualsThePapersCode(string model, float[] pooled, float[] embedding)
    {
        using EmbeddingNetwork network = FormulaNetwork.Create(model);
        (float[] actualPooled, float[] actual) = FormulaNetwork.Run(network, "in_1x3x64x32", [1, 3, 64, 32]);
        for (int i = 0; i < pooled.Length; i++)
        {
            Assert.Equal(pooled[i], actualPooled[i], 1e-4f * pooled[i]);
            Assert.Equal(embedding[i], actual[i], 1e-4f * Math.Abs(embedding[i]));
        }
    }

    public static TheoryData<string, float[], float[]> Cases => new()
    {
        {
            "resnet18", [3.29002953f, 2.37753272f, 1.25338233f, 0.722777724f],
            [2.07343793f, 1.53330374f, 1.34927428f, 0.285559058f]
        },
        {
            "resnet50", [6.05258274f, 4.15708876f, 5.48836565f, 8.6450243f],
            [3.94280982f, 2.6952219f, 5.83977556f, 3.62050796f]
        },
    };

    [Theory]
    [InlineData("compact-resnet", 2_930_976, 2_930_976)]
    [InlineData("conv4-64", 113_088 + 128, 113_088 + 128)]
    [InlineData("resnet18", 11_176_512 + 1024, 11_176_512 + 1024)]
    [InlineData("resnet34", 21_284_672 + 1024, 21_284_672 + 1024)]
    [InlineData("resnet50", 23_508_032 + 4096, 23_508_032 + 4096)]
    [InlineData("resnet101", 42_500_160 + 4096, 42_500_160 + 4096)]
    [InlineData("resnet152", 58_143_808 + 4096, 58_143_808 + 4096)]
    public void Parameters_EveryNetwork_AreAsMany(string model, long least, long most)
    {
        using EmbeddingNetwork network = new(Architectures.Find(model)!);
        Assert.InRange(network.parameters().Sum(p => p.numel()), least, most);
    }
}
