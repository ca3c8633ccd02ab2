using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Seeded operations by chance against a model in memory.</summary>
public abstract class RandomContract : GalleryStoreContract
{
    private const int Seed = 20_261_128;
    private const string LargeRootHash = "67fc06c2a0479d49ccd3fd7aee968c1c0950dc90deb32c660aae7657d2f36aa1";
    private const string RootHash = "2b0470773048e107bad71d4ae7571425b82c0dd19f3f92ae35495da1f2debc2b";

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
        Assert.True(operations.Transfers is { Written: > 200, Refused: > 20 }, $"{operations.Transfers}");
    }
}
