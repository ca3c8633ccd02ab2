using OrleansGallery.Abstractions;
using System.Net;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

public sealed class PartitionOwnersTests
{
    [Theory]
    [InlineData(64, 1)]
    [InlineData(64, 2)]
    [InlineData(64, 3)]
    [InlineData(64, 7)]
    [InlineData(64, 63)]
    [InlineData(64, 64)]
    [InlineData(3, 5)]
    [InlineData(4096, 7)]
    public void Assign_AnyNumberOfSilos_LoadsEachWithItsShare(int partitions, int count)
    {
        GallerySilo[] silos = Silos(count);

        SiloAddress[] owners = PartitionOwners.Assign(5, partitions, silos);

        Dictionary<SiloAddress, int> loads = owners.CountBy(owner => owner).ToDictionary();
        Assert.Equal(partitions, owners.Length);
        Assert.All(silos, silo => Assert.InRange(
            loads.GetValueOrDefault(silo.Address), partitions / count, (partitions + count - 1) / count));
    }

    [Fact]
    public void Assign_SilosInAnyOrder_IsTheSame()
    {
        GallerySilo[] silos = Silos(5);

        Assert.Equal(PartitionOwners.Assign(5, 64, silos), PartitionOwners.Assign(5, 64, [.. silos.Reverse()]));
    }

    [Fact]
    public void Assign_ASiloStartsAgainUnderItsName_GetsItsPartitionsBack()
    {
        GallerySilo[] silos = Silos(3);
        SiloAddress[] before = PartitionOwners.Assign(5, 64, silos);
        GallerySilo again = silos[1] with { Address = SiloAddress.New(IPAddress.Loopback, 12_345, 2) };

        SiloAddress[] after = PartitionOwners.Assign(5, 64, [silos[0], again, silos[2]]);

        Assert.Equal(before.Select(owner => owner == silos[1].Address ? again.Address : owner), after);
    }

    [Fact]
    public void Assign_ASiloJoins_MovesLittleBesideWhatItGets()
    {
        GallerySilo[] silos = Silos(4);
        SiloAddress[] before = PartitionOwners.Assign(5, 256, silos[..3]);
        SiloAddress[] after = PartitionOwners.Assign(5, 256, silos);

        int moved = Enumerable.Range(0, 256).Count(i => before[i] != after[i]);

        Assert.InRange(moved, 256 / 4, 256 / 2);
    }

    [Theory]
    [InlineData("", 64, 25)]
    [InlineData("p42", 64, 36)]
    [InlineData("日本 é😀", 7, 2)]
    public void PartitionOf_AnId_StaysForEver(string identityId, int partitions, int expected) =>
        Assert.Equal(expected, PartitionFunction.PartitionOf(identityId, partitions));

    private static GallerySilo[] Silos(int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => new GallerySilo(SiloAddress.New(IPAddress.Loopback, 11_000 + i, 1), $"silo-{i}")),
    ];
}
