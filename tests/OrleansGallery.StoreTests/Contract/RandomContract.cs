using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Seeded operations by chance against a model in memory.</summary>
public abstract class RandomContract : GalleryStoreContract
{
    private const int Seed = 20_261_128;
    private const string LargeRootHash = "365fbb85ef8058b025247b3565f68851ae3cf9eb09665d0ae05b2ddd59843faa";
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
}
