using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Observations on several silos: each once, and one stranger never twice.</summary>
public sealed class ObservingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Observe_OneStrangerOnTwoSilosAtOnce_IsNeverTwoUnsaid()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
        GalleryObserver[] observers = [.. cluster.Silos.Select(silo =>
            people.NewObserver(silo.ServiceProvider.GetRequiredService<IGrainFactory>()))];
        for (int round = 0; round < 3; round++)
        {
            float[] stranger = [.. Enumerable.Range(0, 4).Select(i => i == round ? 1f : 0f)];
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
                () => people.ObserveAsync(observers[i % 2], $"r{round}-{i}", stranger))));

            // On a busy machine one may be kept aside, or two stay and say so.
            List<IdentitySnapshot> founded = [];
            foreach (string id in await people.IdentitiesAsync())
            {
                IdentitySnapshot identity = await cluster.Identity(people.Gallery, id).GetAsync(withDispersion: false);
                Assert.DoesNotContain(ReservedAttributes.Unsettled, identity.Attributes.Keys);
                if (identity.Centroid!.Value.Components[round] > 0.9f
                    && identity.Attributes.GetValueOrDefault(ReservedAttributes.State) != ReservedAttributes.Ambiguous)
                {
                    founded.Add(identity);
                }
            }

            Assert.NotEmpty(founded);
            Assert.InRange(
                founded.Count(identity => !identity.Attributes.ContainsKey(ReservedAttributes.SimilarTo)), 0, 1);
        }

        VerificationReport report = await cluster.Gallery("people").VerifyAsync(Token);
        Assert.Empty(report.Differences);
        Assert.Equal(24, report.Images);
    }

    [Fact]
    public async Task Settle_WhatWasFoundedTwiceAndNeverCompared_BecomesOne()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
        foreach (string id in (string[])["a", "b"])
        {
            await people.FoundUnsettledAsync(id, 1, 0, 0, 0);
        }

        Assert.Equal(2, (await people.IdentitiesAsync()).Length);
        ObservationUpkeep upkeep = cluster.Silos[0].ServiceProvider.GetRequiredService<ObservationUpkeep>();
        await cluster.Partition(people.Gallery, 0).LocateAsync();
        await Eventually.UntilAsync(async () =>
        {
            await upkeep.RunOnceAsync(Token);
            return (await people.IdentitiesAsync()).Length < 2;
        });

        string left = Assert.Single(await people.IdentitiesAsync());
        IdentitySnapshot one = await cluster.Identity(people.Gallery, left).GetAsync(withDispersion: false);
        Assert.Equal(2, one.Count);
        Assert.DoesNotContain(ReservedAttributes.Unsettled, one.Attributes.Keys);
    }

    [Fact]
    public async Task Observe_AgainWhatSomebodySeparated_LeavesItSeparate()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
        GalleryObserver observer = people.NewObserver();
        await people.FoundUnsettledAsync("a", 1, 0, 0, 0);
        await people.FoundUnsettledAsync("b", 1, 0, 0, 0);
        await people.ObserveAsync(observer, "a", 1, 0, 0, 0);
        string left = Assert.Single(await people.IdentitiesAsync());
        string gone = GalleryObserver.IdentityOf(left == GalleryObserver.IdentityOf("a") ? "b" : "a");
        await cluster.Identity(people.Gallery, left).UndoAsync(
            new UndoRequest { OperationId = "apart", UndoneId = $"{gone}-merged-1" });

        foreach (string id in (string[])["a", "b"])
        {
            Assert.True((await people.ObserveAsync(observer, id, 1, 0, 0, 0)).IsDuplicate);
        }

        Assert.Equal(2, (await people.IdentitiesAsync()).Length);
    }

    [Fact]
    public async Task Observe_TheSameObservationManyTimesAtOnce_IsDecidedOnce()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
        GalleryObserver observer = people.NewObserver();
        await people.ObserveAsync(observer, "first", 1, 0, 0, 0);
        foreach ((string id, float[] vector) in (ValueTuple<string, float[]>[])
            [("joins", [1, 0.1f, 0, 0]), ("founds", [0, 0, 1, 0]), ("parks", [1, 0, 0, 1])])
        {
            ObservationOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
                () => people.ObserveAsync(observer, id, vector))));
            Assert.Single(outcomes.Select(outcome => (outcome.Record.Decision, outcome.IdentityId)).Distinct());
            // None, where the one that decided had to ask again.
            Assert.InRange(outcomes.Count(outcome => !outcome.IsDuplicate), 0, 1);
        }

        Assert.Equal(4, (await cluster.Gallery("people").DescribeAsync()).Images);
    }

    [Fact]
    public async Task Observe_AfterARestart_IsRemembered()
    {
        ObservationRecord first;
        await using (GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile))
        {
            ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
            first = (await people.ObserveAsync(people.NewObserver(), "o1", 1, 0, 0, 0)).Record;
        }

        await using GalleryCluster again = await GalleryCluster.StartAsync(DatabaseFile);
        ObservationRecord? found = await again.Gallery("people").FindObservationAsync("o1", null);
        Assert.Equal(
            first, found! with { Images = first.Images, Candidates = first.Candidates });
    }

    [Fact]
    public async Task DeleteAt_AnotherVersion_ChangesNothing()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
        GalleryObserver observer = people.NewObserver();
        ObservationOutcome founded = await people.ObserveAsync(observer, "o1", 1, 0, 0, 0);
        IIdentityGrain grain = cluster.Identity(people.Gallery, founded.IdentityId);
        await people.ObserveAsync(observer, "o2", 1, 0.01f, 0, 0);

        await Assert.ThrowsAsync<PreconditionFailedException>(() => grain.DeleteAtAsync(founded.Identity!.Version));
        IdentitySnapshot now = await grain.GetAsync(withDispersion: false);
        Assert.Equal(2, now.Count);
        Assert.Equal(2, (await grain.DeleteAtAsync(now.Version)).ImagesRemoved);
    }

    [Fact]
    public async Task Dissolve_AProvisionalIdentityThatWasNotSeenForLong_IsGone()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        ObservedGallery people = await ObservedGallery.CreateAsync(cluster);
        GalleryObserver observer = people.NewObserver();
        string old = (await people.ObserveAsync(observer, "old", 1, 0, 0, 0)).IdentityId;
        string fresh = (await people.ObserveAsync(observer, "fresh", 0, 1, 0, 0)).IdentityId;
        string parked = (await people.ObserveAsync(observer, "parked", 1, 1, 0, 0)).IdentityId;
        foreach (string id in (string[])[old, parked])
        {
            await cluster.Identity(people.Gallery, id).SetAttributesAsync(new AttributesRequest
            {
                Changes = new Dictionary<string, string?>
                {
                    [ReservedAttributes.Seen] = DateTimeOffset.UtcNow.AddDays(-1.1).UtcDateTime
                        .ToString("O", CultureInfo.InvariantCulture),
                },
            });
        }

        await cluster.Partition(people.Gallery, 0).LocateAsync();
        ObservationUpkeep upkeep = cluster.Silos[0].ServiceProvider.GetRequiredService<ObservationUpkeep>();
        await Eventually.UntilAsync(async () =>
        {
            await upkeep.RunOnceAsync(Token);
            return (await people.IdentitiesAsync()).Length < 3;
        });

        Assert.Equal(new[] { fresh, parked }.Order(IdOrder.Instance), await people.IdentitiesAsync());
    }

    public void Dispose() => _folder.Dispose();

    private IGalleryStore Open() => new SqliteGalleryStore(DatabaseFile);
}
