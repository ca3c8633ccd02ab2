using OrleansGallery.Cli;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Bench;

public sealed class BalancedShareTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Theory]
    [InlineData(true, 22, 21, 21)]
    [InlineData(true, 21, 22, 21)]
    [InlineData(false, 23, 21, 20)]
    [InlineData(false, 32, 32, 0)]
    [InlineData(false, 21, 21, 21)]
    public void IsReached_64PartitionsOnThreeSilos_IsFloorToCeilingEachAndAllOfThem(
        bool expected, int a, int b, int c) =>
        Assert.Equal(expected, BalancedShare.IsReached(Of([], Silo("a", a), Silo("b", b), Silo("c", c)), Names, 64));

    [Fact]
    public void IsReached_FewerPartitionsThanSilos_TakesEmptySilos() => Assert.True(
        BalancedShare.IsReached(Of([], Silo("a", 1), Silo("b", 0), Silo("c", 1)), Names, 2));

    [Fact]
    public void IsReached_AnotherProcessThatHoldsNothing_IsLeftOut() => Assert.True(BalancedShare.IsReached(
        Of([], Silo("a", 1), Silo("b", 1), Silo("c", 1), Silo("api", 0) with { Roles = ["api"] }), Names, 3));

    [Fact]
    public void IsReached_SomethingMovesOrIsNotActiveOrIsAnother_IsNot()
    {
        ClusterSilo[] silos = [Silo("a", 1), Silo("b", 1), Silo("c", 1)];
        ClusterMove move = new() { Gallery = "g", Partition = 0, From = "a", To = "b" };

        Assert.True(BalancedShare.IsReached(Of([], silos), Names, 3));
        Assert.False(BalancedShare.IsReached(Of([move], silos), Names, 3));
        Assert.False(BalancedShare.IsReached(
            Of([], silos[0], silos[1], silos[2] with { Status = "draining" }), Names, 3));
        Assert.False(BalancedShare.IsReached(
            Of([], silos[0], silos[1], silos[2] with { Name = "d" }), Names, 3));
        Assert.False(BalancedShare.IsReached(Of([], [.. silos, Silo("d", 0)]), Names, 3));
    }

    [Fact]
    public void MovedRows_ASiloThatJoinedAndOneThatLeft_CountsWhatTheOthersGot() => Assert.Equal(
        70 + 10,
        BalancedShare.MovedRows(
            Of([], Silo("a", 1) with { Rows = 100 }, Silo("b", 1) with { Rows = 50 }),
            Of([], Silo("a", 1) with { Rows = 110 }, Silo("c", 1) with { Rows = 70 })));

    private static ClusterResponse Of(ClusterMove[] moves, params ClusterSilo[] silos) =>
        new() { Silos = silos, Moves = moves, Galleries = [] };

    private static ClusterSilo Silo(string name, int partitions) => new()
    {
        Name = name,
        Roles = ["gallery"],
        Status = "active",
        Partitions = partitions,
        Rows = 0,
        LeaseAgeMs = null,
        Queue = 0,
    };
}
