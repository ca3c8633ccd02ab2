using System.Collections.Concurrent;

namespace OrleansGallery.ClusterTests;

/// <summary>The same contract with eight processes that write at once, each over connections of its own.</summary>
[Trait("Category", "Store")]
public sealed class MembershipRaceTests(MembershipDatabase database) : IClassFixture<MembershipDatabase>
{
    private const int Writers = 8;
    private const int Rounds = 25;

    [Fact]
    public async Task InitializeMembershipTable_ByAllAtOnce_MakesOneVersion()
    {
        using Parties parties = Parties.Of(database);

        await parties.AllAsync(party => party.InitializeAsync(true));

        Assert.Equal("0 ", await parties[0].DescribeAsync());
        Assert.True(await parties[1].AddAsync(MembershipParty.Silo(1)));
    }

    [Fact]
    public async Task InsertRow_OfOneSiloByAllAtOnce_SucceedsOnce()
    {
        using Parties parties = await Parties.JoinAsync(database);
        for (int round = 0; round < Rounds; round++)
        {
            TableVersion next = (await parties[0].ReadAsync()).Version.Next();
            ConcurrentBag<bool> answers = [];
            await parties.AllAsync(
                async party => answers.Add(await party.AddAsync(MembershipParty.Silo(round), next)));

            Assert.Single(answers, added => added);
            MembershipTableData data = await parties[0].ReadAsync();
            Assert.Equal((round + 1, round + 1), (data.Version.Version, data.Members.Count));
        }
    }

    [Fact]
    public async Task InsertRow_OfASiloThatIsThereByAllAtOnce_NeverMovesTheVersion()
    {
        using Parties parties = await Parties.JoinAsync(database);
        Assert.True(await parties[0].AddAsync(MembershipParty.Silo(1)));
        string before = await parties[0].DescribeAsync();
        for (int round = 0; round < Rounds; round++)
        {
            await parties.AllAsync(async party => Assert.False(await party.AddAsync(MembershipParty.Silo(1))));
        }

        Assert.Equal(before, await parties[0].DescribeAsync());
    }

    [Fact]
    public async Task Writes_ByAllAtOnce_MoveTheVersionOncePerSuccess()
    {
        using Parties parties = await Parties.JoinAsync(database);
        int successes = 0;
        await parties.AllAsync(async (party, number) =>
        {
            for (int round = 0; round < Rounds;)
            {
                MembershipEntry silo = MembershipParty.Silo((number * Rounds) + round);
                silo.Status = SiloStatus.Joining;
                if (await party.AddAsync(silo))
                {
                    Interlocked.Increment(ref successes);
                    silo.Status = SiloStatus.Active;
                    while (!await party.ChangeAsync(silo))
                    {
                        // Somebody else's change came first.
                    }

                    Interlocked.Increment(ref successes);
                    round++;
                }
            }
        });

        MembershipTableData data = await parties[0].ReadAsync();
        Assert.Equal(2 * Writers * Rounds, successes);
        Assert.Equal(successes, data.Version.Version);
        Assert.Equal(Writers * Rounds, data.Members.Count(member => member.Item1.Status == SiloStatus.Active));
    }

    [Fact]
    public async Task Reads_DuringWrites_NeverSeeOneWithoutTheOther()
    {
        using Parties parties = await Parties.JoinAsync(database);
        using CancellationTokenSource written = new();
        Task<int> reading = ReadAsync(parties[0], written.Token);
        await parties.AllAsync(async (party, number) =>
        {
            for (int round = 0; round < Rounds;)
            {
                round += await party.AddAsync(MembershipParty.Silo((number * Rounds) + round)) ? 1 : 0;
            }
        });
        await written.CancelAsync();

        Assert.InRange(await reading, 1, int.MaxValue);
    }

    [Fact]
    public async Task UpdateIAmAlive_DuringUpdatesOfTheSameSilo_RefusesNoneOfThem()
    {
        using Parties parties = await Parties.JoinAsync(database);
        MembershipEntry silo = MembershipParty.Silo(0);
        Assert.True(await parties[0].AddAsync(silo));
        DateTime start = silo.IAmAliveTime;
        Task changing = ChangeAsync(parties[0], 4 * Rounds);
        await parties.AllAsync(async (party, number) =>
        {
            MembershipEntry alive = MembershipParty.Silo(0);
            for (int beat = 0; !changing.IsCompleted; beat++)
            {
                alive.IAmAliveTime = start.AddSeconds(beat % 60);
                await party.BeatAsync(alive);
            }
        });

        await changing;
        Assert.Equal(1 + (4 * Rounds), (await parties[0].ReadAsync()).Version.Version);
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_DuringUpdatesOfTheDead_LeavesNoVersionWithoutAChange()
    {
        using Parties parties = await Parties.JoinAsync(database);
        MembershipEntry dead = MembershipParty.Silo(0, SiloStatus.Dead);
        int version = 0;
        for (int round = 0; round < 4 * Rounds; round++)
        {
            Assert.True(await parties[0].AddAsync(dead));
            int changes = 0;
            await parties.AllAsync(async (party, number) =>
            {
                if (number % 2 == 0)
                {
                    await party.CleanUpAsync(dead.StartTime.AddYears(1));
                }
                else if (await party.ChangeAsync(dead))
                {
                    Interlocked.Increment(ref changes);
                }
            });

            MembershipTableData data = await parties[0].ReadAsync();
            Assert.Empty(data.Members);
            version += 1 + changes;
            Assert.Equal(version, data.Version.Version);
        }
    }

    /// <summary>Every silo was added by one version, so a consistent answer has as many.</summary>
    private static async Task<int> ReadAsync(MembershipParty party, CancellationToken written)
    {
        int reads = 0;
        for (; !written.IsCancellationRequested; reads++)
        {
            MembershipTableData data = await party.ReadAsync();
            Assert.Equal(data.Version.Version, data.Members.Count);
        }

        return reads;
    }

    private static async Task ChangeAsync(MembershipParty party, int times)
    {
        MembershipEntry silo = MembershipParty.Silo(0);
        for (int change = 0; change < times; change++)
        {
            silo.Status = change % 2 == 0 ? SiloStatus.ShuttingDown : SiloStatus.Active;
            Assert.True(await party.ChangeAsync(silo));
            MembershipTableData data = await party.ReadAsync(silo.SiloAddress);
            Assert.Equal(silo.Status, Assert.Single(data.Members).Item1.Status);
        }
    }

    /// <summary>Eight processes of one cluster.</summary>
    private sealed class Parties : IDisposable
    {
        private readonly MembershipParty[] _parties;

        private Parties(MembershipParty[] parties) => _parties = parties;

        public MembershipParty this[int number] => _parties[number];

        /// <summary>None of them has touched the table yet.</summary>
        public static Parties Of(MembershipDatabase database)
        {
            string connection = database.Postgres.ConnectionString;
            string cluster = database.NextCluster();
            return new Parties(
                [.. Enumerable.Range(0, Writers).Select(_ => new MembershipParty(connection, cluster))]);
        }

        public static async Task<Parties> JoinAsync(MembershipDatabase database)
        {
            Parties parties = Of(database);
            await parties.AllAsync(party => party.InitializeAsync(true));
            return parties;
        }

        public Task AllAsync(Func<MembershipParty, Task> work) => AllAsync((party, _) => work(party));

        public Task AllAsync(Func<MembershipParty, int, Task> work) =>
            Task.WhenAll(_parties.Select((party, number) => Task.Run(() => work(party, number))));

        public void Dispose()
        {
            foreach (MembershipParty party in _parties)
            {
                party.Dispose();
            }
        }
    }
}
