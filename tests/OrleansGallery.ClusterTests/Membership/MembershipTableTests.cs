namespace OrleansGallery.ClusterTests;

/// <summary>The contract of <see cref="IMembershipTable"/>, member by member, for one silo at a time.</summary>
[Trait("Category", "Store")]
public sealed class MembershipTableTests(MembershipDatabase database) : IClassFixture<MembershipDatabase>
{
    [Fact]
    public async Task InitializeMembershipTable_Again_KeepsVersionAndRows()
    {
        using MembershipParty party = await database.JoinAsync();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        string before = await party.DescribeAsync();

        await party.InitializeAsync(true);
        await party.InitializeAsync(false);

        Assert.Equal(before, await party.DescribeAsync());
    }

    [Fact]
    public async Task ReadAll_OfANewCluster_IsVersionZeroWithoutRows()
    {
        using MembershipParty party = await database.JoinAsync();

        MembershipTableData data = await party.ReadAsync();

        Assert.Equal(0, data.Version.Version);
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task InsertRow_ThenReadRow_GivesBackTheWholeEntry()
    {
        using MembershipParty party = await database.JoinAsync();
        MembershipEntry silo = MembershipParty.Silo(1, SiloStatus.Joining, gateway: 30_000);

        Assert.True(await party.AddAsync(silo));
        Assert.True(await party.AddAsync(MembershipParty.Silo(2)));

        MembershipTableData data = await party.ReadAsync(silo.SiloAddress);
        Assert.Equal(2, data.Version.Version);
        Assert.Equal("2", data.Version.VersionEtag);
        Assert.Equal(silo.ToFullString(), Assert.Single(data.Members).Item1.ToFullString());
    }

    [Fact]
    public async Task ReadRow_OfASiloThatIsNotThere_GivesTheVersionAlone()
    {
        using MembershipParty party = await database.JoinAsync();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));

        MembershipTableData data = await party.ReadAsync(MembershipParty.Silo(2).SiloAddress);

        Assert.Equal(1, data.Version.Version);
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task InsertRow_OfASiloThatIsThere_ChangesNeitherVersionNorRows()
    {
        using MembershipParty party = await database.JoinAsync();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        string before = await party.DescribeAsync();

        Assert.False(await party.AddAsync(MembershipParty.Silo(1, SiloStatus.Dead)));

        Assert.Equal(before, await party.DescribeAsync());
    }

    [Fact]
    public async Task InsertRow_OnAnotherVersion_ChangesNeitherVersionNorRows()
    {
        using MembershipParty party = await database.JoinAsync();
        TableVersion old = (await party.ReadAsync()).Version.Next();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1), old));
        string before = await party.DescribeAsync();

        Assert.False(await party.AddAsync(MembershipParty.Silo(2), old));
        Assert.False(await party.AddAsync(MembershipParty.Silo(2), new TableVersion(9, "8")));

        Assert.Equal(before, await party.DescribeAsync());
    }

    [Fact]
    public async Task InsertRow_OfTheNextStartAtTheSameAddress_IsAnotherRow()
    {
        using MembershipParty party = await database.JoinAsync();
        MembershipEntry second = MembershipParty.Silo(1);
        second.SiloAddress = SiloAddress.New(second.SiloAddress.Endpoint, second.SiloAddress.Generation + 1);

        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        Assert.True(await party.AddAsync(second));

        Assert.Equal(2, (await party.ReadAsync()).Members.Count);
    }

    [Fact]
    public async Task UpdateRow_OnTheVersionThatIsThere_ChangesRowAndVersion()
    {
        using MembershipParty party = await database.JoinAsync();
        MembershipEntry silo = MembershipParty.Silo(1);
        Assert.True(await party.AddAsync(silo));
        silo.Status = SiloStatus.Dead;
        silo.IAmAliveTime = silo.IAmAliveTime.AddSeconds(1);
        silo.AddSuspector(MembershipParty.Silo(2).SiloAddress, silo.IAmAliveTime.AddSeconds(2));
        silo.AddSuspector(MembershipParty.Silo(3).SiloAddress, silo.IAmAliveTime.AddSeconds(3));

        Assert.True(await party.ChangeAsync(silo));

        MembershipTableData data = await party.ReadAsync();
        Assert.Equal(2, data.Version.Version);
        Assert.Equal(silo.ToFullString(), Assert.Single(data.Members).Item1.ToFullString());
    }

    [Fact]
    public async Task UpdateRow_OnAnotherVersion_ChangesNeitherVersionNorRows()
    {
        using MembershipParty party = await database.JoinAsync();
        TableVersion old = (await party.ReadAsync()).Version.Next();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        string before = await party.DescribeAsync();

        MembershipEntry dead = MembershipParty.Silo(1, SiloStatus.Dead);
        Assert.False(await party.ChangeAsync(dead, old.VersionEtag, old));
        Assert.False(await party.ChangeAsync(dead, "another", new TableVersion(2, "1")));

        Assert.Equal(before, await party.DescribeAsync());
    }

    [Fact]
    public async Task UpdateRow_OfASiloThatIsNotThere_ChangesNeitherVersionNorRows()
    {
        using MembershipParty party = await database.JoinAsync();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        string before = await party.DescribeAsync();

        Assert.False(await party.ChangeAsync(MembershipParty.Silo(2)));

        Assert.Equal(before, await party.DescribeAsync());
    }

    [Fact]
    public async Task UpdateRow_WithAHeartbeatReadEarlier_KeepsTheLaterOne()
    {
        using MembershipParty party = await database.JoinAsync();
        MembershipEntry silo = MembershipParty.Silo(1);
        Assert.True(await party.AddAsync(silo));
        MembershipEntry alive = MembershipParty.Silo(1);
        alive.IAmAliveTime = silo.IAmAliveTime.AddSeconds(5);
        await party.BeatAsync(alive);

        silo.AddSuspector(MembershipParty.Silo(2).SiloAddress, silo.IAmAliveTime);
        Assert.True(await party.ChangeAsync(silo));

        MembershipEntry stored = Assert.Single((await party.ReadAsync()).Members).Item1;
        Assert.Equal(alive.IAmAliveTime, stored.IAmAliveTime);
        Assert.Single(stored.SuspectTimes!);
    }

    [Fact]
    public async Task UpdateIAmAlive_OfASilo_ChangesItsTimeAndNotTheVersion()
    {
        using MembershipParty party = await database.JoinAsync();
        MembershipEntry silo = MembershipParty.Silo(1);
        Assert.True(await party.AddAsync(silo));
        Assert.True(await party.AddAsync(MembershipParty.Silo(2)));
        MembershipTableData before = await party.ReadAsync();
        MembershipEntry alive = MembershipParty.Silo(1, SiloStatus.Dead);
        alive.IAmAliveTime = silo.IAmAliveTime.AddSeconds(5);

        await party.BeatAsync(alive);

        MembershipTableData data = await party.ReadAsync();
        Assert.Equal(before.Version.VersionEtag, data.Version.VersionEtag);
        silo.IAmAliveTime = alive.IAmAliveTime;
        Assert.Equal(silo.ToFullString(), data.TryGet(silo.SiloAddress)!.Item1.ToFullString());
        Assert.Equal(
            MembershipParty.Silo(2).ToFullString(),
            data.TryGet(MembershipParty.Silo(2).SiloAddress)!.Item1.ToFullString());

        // What was read before the heartbeat may still be written.
        Assert.True(await party.ChangeAsync(silo, before.Version.VersionEtag, before.Version.Next()));
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_ByDate_RemovesOnlyTheDeadOfBefore()
    {
        using MembershipParty party = await database.JoinAsync();
        MembershipEntry[] silos = [.. Enumerable.Range(1, 7).Select(number => MembershipParty.Silo(number))];
        DateTime date = silos[0].StartTime.AddHours(1);
        silos[0].Status = SiloStatus.Dead;
        silos[1].Status = SiloStatus.Active;
        silos[2].Status = SiloStatus.ShuttingDown;
        (silos[3].Status, silos[3].IAmAliveTime) = (SiloStatus.Dead, date);
        (silos[4].Status, silos[4].StartTime) = (SiloStatus.Dead, date);
        silos[5].Status = SiloStatus.Dead;
        silos[6].Status = SiloStatus.Dead;
        foreach (MembershipEntry silo in silos)
        {
            Assert.True(await party.AddAsync(silo));
        }

        silos[5].AddSuspector(silos[1].SiloAddress, date.AddHours(-1));
        silos[5].AddSuspector(silos[2].SiloAddress, date);
        silos[6].AddSuspector(silos[1].SiloAddress, date.AddTicks(-TimeSpan.TicksPerMillisecond));
        Assert.True(await party.ChangeAsync(silos[5]));
        Assert.True(await party.ChangeAsync(silos[6]));

        await party.CleanUpAsync(date);

        MembershipTableData data = await party.ReadAsync();
        Assert.Equal(9, data.Version.Version);
        Assert.Equal(
            ["silo-2", "silo-3", "silo-4", "silo-5", "silo-6"],
            data.Members.Select(member => member.Item1.SiloName).Order());
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_OfOneCluster_LeavesTheOthers()
    {
        string cluster = database.NextCluster();
        using MembershipParty party = await MembershipParty.JoinAsync(database.Postgres.ConnectionString, cluster);
        using MembershipParty other = await database.JoinAsync();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        Assert.True(await other.AddAsync(MembershipParty.Silo(1)));
        string before = await other.DescribeAsync();

        await party.DeleteAsync(cluster);

        Assert.Equal("0 ", await party.DescribeAsync());
        Assert.False(await party.AddAsync(MembershipParty.Silo(1)));
        Assert.Equal(before, await other.DescribeAsync());
        await party.InitializeAsync(true);
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
    }

    [Fact]
    public async Task GetGateways_OfACluster_AreThoseOfItsActiveSilosThatHaveOne()
    {
        using MembershipParty party = await database.JoinAsync();
        using MembershipParty other = await database.JoinAsync();
        Assert.True(await party.AddAsync(MembershipParty.Silo(1, SiloStatus.Active, gateway: 30_001)));
        Assert.True(await party.AddAsync(MembershipParty.Silo(2, SiloStatus.Active)));
        Assert.True(await party.AddAsync(MembershipParty.Silo(3, SiloStatus.Joining, gateway: 30_003)));
        Assert.True(await party.AddAsync(MembershipParty.Silo(4, SiloStatus.Dead, gateway: 30_004)));
        Assert.True(await other.AddAsync(MembershipParty.Silo(5, SiloStatus.Active, gateway: 30_005)));

        Uri gateway = Assert.Single(await party.ReadGatewaysAsync());

        Assert.Equal(new Uri("gwy.tcp://10.0.0.1:30001/7"), gateway);
        Assert.Equal(TimeSpan.FromSeconds(3), party.Gateways.MaxStaleness);
    }
}
