using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Seeded operations by chance against a model in memory.</summary>
public abstract class RandomContract : GalleryStoreContract
{
    private const int Seed = 20_261_128;
    private const string LargeRootHash = "844ba8a87ebc85e2e401f8b690adc322a2d6e8f550ea5db4b72c7a4fb6d31792";
    private const string RootHash = "08d31c534c1813c369f717a61e7c98dd54b65d6ef6fcff5154353b55c7263f0e";

    [Fact]
    public async Task Operations_FiveThousand_EndWithTheRootHashThatEveryStoreEndsWith()
    {
        IGalleryStore other = await OpenAsync();
        Random random = new(1);
        StoreCaller caller = new(() => random.Next(2) == 0 ? Store : other);

        await AssertFiveThousandAsync(caller);

        Assert.Equal(0, caller.Failures);
    }

    [Fact]
    public async Task Operations_FiveThousandWithFailingCalls_EndWithTheSameRootHash()
    {
        using FaultyStore faulty = new(await OpenAsync(), seed: 2, rate: 0.04);
        StoreCaller caller = new(() => faulty);

        await AssertFiveThousandAsync(caller);

        Assert.True(caller is { Failures: > 200, Unknown: { Happened: > 10, DidNot: > 10 } });
    }

    [Fact]
    public async Task Operations_AHundredThousandOnFaultyNetworks_EndWithTheRootHashThatEveryStoreEndsWith()
    {
        IGalleryStore faulty = await OpenFaultyAsync(seed: 3);
        StoreCaller caller = new(() => faulty);
        RandomOperations operations =
            new(caller, Seed, scale: 20, new StoreCaller(() => Store)) { BetweenChecks = 1500 };

        string rootHash = await operations.RunAsync(4300);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Seed {Seed}: {operations.Done} operations, {caller.Failures} failed calls, {caller.Unknown}: {rootHash}");
        Assert.Equal(LargeRootHash, rootHash);
        Assert.True(operations.Done >= 100_000, $"{operations.Done} operations");
        Assert.True(operations.Transfers is { Written: > 100, Refused: > 10 }, $"{operations.Transfers}");
        Assert.True(caller is { Failures: > 100, Unknown: { Happened: > 10, DidNot: > 10 } });
    }

    private static async Task AssertFiveThousandAsync(StoreCaller caller)
    {
        RandomOperations operations = new(caller, Seed);
        string rootHash = await operations.RunAsync(5000);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {Seed}: {operations.Transfers}: {rootHash}");
        Assert.Equal(RootHash, rootHash);
        Assert.True(operations.Erasures > 50, $"{operations.Erasures}");
        Assert.True(operations.Transfers is { Written: > 200, Refused: > 20 }, $"{operations.Transfers}");
    }
}
