using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Seeded operations by chance against a model in memory.</summary>
public abstract class RandomContract : GalleryStoreContract
{
    private const int Seed = 20_261_128;
    private const string RootHash = "ccf37e1f337961daf3018b56676ca7bf52b5aa579c07ccf8c96ff12b5cbc44cf";

    [Fact]
    public async Task Operations_FiveThousand_EndWithTheRootHashThatEveryStoreEndsWith()
    {
        IGalleryStore other = await OpenAsync();
        Random random = new(1);
        StoreCaller caller = new(() => random.Next(2) == 0 ? Store : other);

        Assert.Equal(RootHash, await new RandomOperations(caller, Seed).RunAsync(5000));

        Assert.Equal(0, caller.Failures);
    }

    [Fact]
    public async Task Operations_FiveThousandWithFailingCalls_EndWithTheSameRootHash()
    {
        using FaultyStore faulty = new(await OpenAsync(), seed: 2, rate: 0.04);
        StoreCaller caller = new(() => faulty);

        Assert.Equal(RootHash, await new RandomOperations(caller, Seed).RunAsync(5000));

        Assert.True(caller is { Failures: > 200, Unknown: { Happened: > 10, DidNot: > 10 } });
    }
}
