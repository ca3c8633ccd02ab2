using OrleansGallery.Grains;
using static OrleansGallery.ClusterTests.FixedMembership;

namespace OrleansGallery.ClusterTests;

public sealed class SiloRosterTests
{
    [Fact]
    public void Current_SilosOfAllKinds_TellsTheActiveOnesWithTheRole()
    {
        SiloRoster roster = new(new FixedMembership(7,
            Member(3, "c@gallery"),
            Member(1, "a@gallery+api"),
            Member(2, "b@embedding+api"),
            Member(4, "d@gallery", SiloStatus.Joining),
            Member(5, "e@gallery", SiloStatus.Dead),
            Member(6, "Silo_6")));

        SiloRoster.Page page = roster.Current;

        Assert.Equal(7, page.Version.Value);
        Assert.Equal(
            [new GallerySilo(Address(1), "a"), new GallerySilo(Address(3), "c")], page.GallerySilos);
        Assert.Equal(
            [true, true, true, false, false, true, false],
            Enumerable.Range(1, 7).Select(number => page.IsActive(Address(number))));
    }

    [Fact]
    public void Current_AfterAChange_TellsTheNewSnapshot()
    {
        FixedMembership membership = new(1, Member(1, "a@gallery"));
        SiloRoster roster = new(membership);
        Assert.Single(roster.Current.GallerySilos);

        membership.Change(2, Member(1, "a@gallery"), Member(2, "b@gallery"));

        Assert.Equal(2, roster.Current.Version.Value);
        Assert.Equal(["a", "b"], roster.Current.GallerySilos.Select(silo => silo.Name));
    }
}
