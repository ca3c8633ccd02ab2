using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;
using static OrleansGallery.ClusterTests.Eventually;

namespace OrleansGallery.ClusterTests;

/// <summary>A partition that moves is searched where it was until the other silo has it.</summary>
public sealed class HandOverTests : IDisposable
{
    private const int Dimension = 16;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Move_TheOtherSiloIsStillLoading_IsSearchedWhereItWasAndThenAcknowledgedAtOnce()
    {
        TaskCompletionSource loading = new();
        TaskCompletionSource reading = new();
        ConcurrentBag<FaultyStore> stores = [];
        // So long that what was not handed over would never be acknowledged.
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2,
            () =>
            {
                FaultyStore store = new(Open());
                stores.Add(store);
                return store;
            },
            silo => silo.Configure<PartitionOptions>(options => options.LeaseTime = TimeSpan.FromMinutes(10)));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 1);
        await cluster.Identity(gallery, "p1").EnrolAsync(Images.Of(1, 0, Dimension));
        InProcessSiloHandle[] silos = [.. cluster.Silos];
        SiloAddress place = (await cluster.Partition(gallery, 0).LocateAsync()).Silo;
        InProcessSiloHandle from = silos.Single(silo => silo.SiloAddress.Equals(place));
        InProcessSiloHandle to = silos.Single(silo => !silo.SiloAddress.Equals(place));
        foreach (FaultyStore store in stores)
        {
            store.Reading = () =>
            {
                loading.TrySetResult();
                return reading.Task;
            };
        }

        Task moving = cluster.MoveAsync(gallery, 0, to);
        await loading.Task.WaitAsync(Long, Token);
        LocalPartition old = Assert.Single(PartitionsOf(from).All);
        Assert.Empty(PartitionsOf(to).All);
        Task<EnrolReceipt> enrolling = cluster.Identity(gallery, "p2").EnrolAsync(Images.Of(2, 0, Dimension));
        SearchAnswer meanwhile = await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(1, 0, Dimension));

        Assert.Equal((1, 1, true), (meanwhile.Answered, meanwhile.Matches.Count, meanwhile.IsConfirmed));
        Assert.True(old.IsLeaving);
        Assert.False(enrolling.IsCompleted);
        reading.SetResult();
        await moving;
        Assert.True(old.IsLost);
        Assert.Empty(PartitionsOf(from).All);
        Assert.False(Assert.Single(PartitionsOf(to).All).IsLeaving);
        await enrolling.ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default)
            .WaitAsync(Long, Token);
        await UntilAsync(async () => await Record.ExceptionAsync(
            () => cluster.Identity(gallery, "p2").EnrolAsync(Images.Of(2, 0, Dimension))) is null);
        SearchAnswer after = await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(2, 0, Dimension));
        Assert.Equal(["p2", "p1"], after.Matches.Select(match => match.IdentityId));
    }

    [Fact]
    public async Task Add_OfTwoActivations_TheOlderOneAnswersNothing()
    {
        GalleryRecord gallery = Owner.CreateGallery(_folder.File("gallery.db"));
        using Owner owner = new(_folder.File("gallery.db"));
        await owner.ActivateAsync(gallery);
        LocalPartition older = owner.Partition;
        await owner.ActivateAsync(gallery);
        LocalPartition newer = owner.Partition;
        LocalPartitions partitions = new();
        int added = 0;
        partitions.Added += _ => added++;
        SiloAddress silo = FixedMembership.Address(1);

        partitions.Add(newer, newer.PlaceOn(silo));
        partitions.Add(older, older.PlaceOn(silo));

        Assert.Equal((true, false, 1), (older.IsLost, newer.IsLost, added));
        Assert.Same(newer, partitions.Find(newer.Key));
    }

    public void Dispose() => _folder.Dispose();

    private static LocalPartitions PartitionsOf(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<LocalPartitions>();

    private SqliteGalleryStore Open() => new(_folder.File("gallery.db"));
}
