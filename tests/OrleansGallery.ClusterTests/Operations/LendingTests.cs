using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A partition that is lent goes on as soon as it can, whatever it hears first.</summary>
public sealed class LendingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(LoanEnd.NotWritten)]
    [InlineData(LoanEnd.Unknown)]
    public async Task Conclude_NothingWasWritten_OnlyWhatIsUnknownTakesAnEpoch(LoanEnd end)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        IPartitionGrain partition = cluster.Partition(two.Gallery, 0);
        long epoch = (await partition.LocateAsync()).Epoch;
        LoanRequest loan = new() { Token = Guid.NewGuid(), Change = Changes.Of(New, 9) };
        Assert.Equal(epoch, (await partition.LendAsync(loan)).Epoch);
        Task behind = two.EnrolAsync(TwoIdentities.Low, 70);

        await partition.ConcludeAsync(loan.Token, end);

        await behind;
        Assert.Equal(epoch + (end == LoanEnd.Unknown ? 1 : 0), (await partition.LocateAsync()).Epoch);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Lend_AfterItsOwnEnd_IsRefusedAndThePartitionGoesOn()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        IPartitionGrain partition = cluster.Partition(two.Gallery, 0);
        LoanRequest loan = new() { Token = Guid.NewGuid(), Change = Changes.Of(New, 9) };

        await partition.ConcludeAsync(loan.Token, LoanEnd.NotWritten);

        RetryException refused = await Assert.ThrowsAsync<RetryException>(() => partition.LendAsync(loan));
        Assert.True(refused.NothingWritten);
        await two.EnrolAsync(TwoIdentities.Low, 70);
        Assert.NotNull(await partition.LendAsync(loan with { Token = Guid.NewGuid() }));
    }

    [Fact]
    public void EndedLoans_OldOnesAndMoreThanFit_AreForgotten()
    {
        FakeTimeProvider time = new();
        EndedLoans ended = new(TimeSpan.FromSeconds(15), time);
        Guid[] tokens = [.. Enumerable.Range(0, EndedLoans.MaxCount + 1).Select(_ => Guid.NewGuid())];
        Array.ForEach(tokens, ended.Add);
        ended.Add(tokens[1]);

        ended.RequireNot(tokens[0]);
        Assert.Throws<RetryException>(() => ended.RequireNot(tokens[1]));
        time.Advance(TimeSpan.FromSeconds(16));
        ended.RequireNot(tokens[1]);
        ended.Add(tokens[0]);
        Assert.Throws<RetryException>(() => ended.RequireNot(tokens[0]));
    }

    public void Dispose() => _folder.Dispose();

    // An identity of partition 0 that is not there yet.
    private static string New { get; } = TwoIdentities.IdIn(0, "new");
}
