using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;
using static OrleansGallery.ClusterTests.Eventually;

namespace OrleansGallery.ClusterTests;

/// <summary>A silo keeps so many identities in memory, and no more, however fast they arrive.</summary>
public sealed class ActiveIdentitiesTests : IDisposable
{
    private const int Dimension = 8;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Add_MoreThanMayStay_TheUnusedLeaveInTurn()
    {
        List<string> left = [];
        ActiveIdentities active = Active(3);
        Dictionary<string, ActiveIdentity> identities = "abcdefg".Select(id => id.ToString()).ToDictionary(
            id => id, id => new ActiveIdentity(() => left.Add(id)));
        foreach (string id in (string[])["a", "b", "c"])
        {
            active.Add(identities[id]);
        }

        // Each stays for the turn after its last call; one that is being called stays longer.
        identities["b"].Enter();
        active.Add(identities["d"]);
        Assert.Empty(left);

        active.Add(identities["e"]);
        Assert.Equal(["a", "c"], left);

        identities["d"].Forget();
        identities["b"].Leave();
        active.Add(identities["f"]);
        Assert.Equal(["a", "c"], left);
        Assert.Equal(3, active.Count);

        active.Add(identities["g"]);
        Assert.Equal(["a", "c", "b"], left);
    }

    [Fact]
    public void Add_TheOnlyOneThatMayStay_IsNotTheOneThatLeaves()
    {
        bool hasLeft = false;
        ActiveIdentities active = Active(1);
        ActiveIdentity busy = new(() => { });
        busy.Enter();
        active.Add(busy);
        active.Add(new ActiveIdentity(() => hasLeft = true));

        Assert.False(hasLeft);
        Assert.Equal(2, active.Count);
    }

    [Fact]
    public void Add_AllAreUsed_TakesTurnsThatEnd()
    {
        int left = 0;
        ActiveIdentities active = Active(10);
        for (int i = 0; i < 1_000; i++)
        {
            active.Add(new ActiveIdentity(() => left++));
        }

        Assert.InRange(active.Count, 10, 30);
        Assert.Equal(1_000 - active.Count, left);
    }

    [Fact]
    public async Task Enrol_ManyIdentitiesTwice_FewStayAndNothingIsLost()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => new SqliteGalleryStore(_folder.File("gallery.db")),
            silo => silo.Configure<PartitionOptions>(options => options.MaxActiveIdentities = 5));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 4);
        for (int image = 0; image < 2; image++)
        {
            int number = image;
            await Parallel.ForEachAsync(
                Enumerable.Range(0, 200),
                new ParallelOptions { MaxDegreeOfParallelism = 4 },
                async (id, _) => await cluster.Identity(gallery, $"p{id}").EnrolAsync(
                    Images.Of(id, number, Dimension)));
        }

        IManagementGrain management = cluster.Grains.GetGrain<IManagementGrain>(0);
        await UntilAsync(async () => await CountAsync(management) is >= 1 and <= 25);
        Assert.InRange(
            cluster.Silos[0].ServiceProvider.GetRequiredService<ActiveIdentities>().Count, 1, 25);
        for (int id = 0; id < 200; id++)
        {
            Assert.Equal(2, (await cluster.Identity(gallery, $"p{id}").GetAsync(withDispersion: false)).Count);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static ActiveIdentities Active(int most) =>
        new(Options.Create(new PartitionOptions { MaxActiveIdentities = most }));

    private static async Task<int> CountAsync(IManagementGrain management) =>
        (await management.GetSimpleGrainStatistics())
            .Where(one => one.GrainType.Contains(nameof(IdentityGrain), StringComparison.Ordinal))
            .Sum(one => one.ActivationCount);
}
