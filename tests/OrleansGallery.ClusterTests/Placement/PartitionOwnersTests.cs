using OrleansGallery.Abstractions;
using System.Net;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

public sealed class PartitionOwnersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Assign_AnyNumberOfSilos_LoadsNoneWithMoreThanItsShare(int count)
    {
        SiloAddress[] silos = Silos(count);

        SiloAddress[] owners = PartitionOwners.Assign(5, 64, silos);

        Assert.All(owners.CountBy(owner => owner), load => Assert.InRange(load.Value, 1, (64 + count - 1) / count));
    }

    [Fact]
    public void Assign_SilosInAnyOrder_IsTheSame()
    {
        SiloAddress[] silos = Silos(5);

        Assert.Equal(PartitionOwners.Assign(5, 64, silos), PartitionOwners.Assign(5, 64, [.. silos.Reverse()]));
    }

    [Fact]
    public void Assign_ASiloJoins_MovesLittleBesideWhatItGets()
    {
        SiloAddress[] silos = Silos(4);
        SiloAddress[] before = PartitionOwners.Assign(5, 256, silos[..3]);
        SiloAddress[] after = PartitionOwners.Assign(5, 256, silos);

        int moved = Enumerable.Range(0, 256).Count(i => before[i] != after[i]);

        Assert.InRange(moved, 256 / 4, 256 / 2);
    }

    [Theory]
    [InlineData("", 64, 25)]
    [InlineData("p42", 64, 36)]
    [InlineData("日本 é😀", 7, 5)]
    public void PartitionOf_AnId_StaysForEver(string identityId, int partitions, int expected) =>
        Assert.Equal(expected, PartitionFunction.PartitionOf(identityId, partitions));

    private static SiloAddress[] Silos(int count) =>
        [.. Enumerable.Range(0, count).Select(i => SiloAddress.New(IPAddress.Loopback, 11_000 + i, 1))];
}
