using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace OrleansGallery.Grains;

/// <summary>
/// Which silo each partition of a gallery belongs to: a pure function of the partitions and the silos.
/// </summary>
internal static class PartitionOwners
{
    /// <summary>
    /// Rendezvous hashing with a bounded load: of all pairs of a partition and a silo, best rank first, each takes the
    /// partition that is free while the silo has room. A silo has room for floor(partitions / silos), and as many
    /// silos as needed for one more. Every silo that knows the same members computes the same answer; a member that
    /// comes or goes moves few partitions; and one that starts again under its name gets its own back.
    /// </summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partitions">How many partitions it has.</param>
    /// <param name="silos">The gallery silos, in any order; at least one.</param>
    /// <returns>The owner of each partition.</returns>
    public static SiloAddress[] Assign(long gallery, int partitions, IReadOnlyCollection<GallerySilo> silos)
    {
        ArgumentOutOfRangeException.ThrowIfZero(silos.Count);
        GallerySilo[] members =
            [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal).ThenBy(silo => silo.Address)];
        (int floor, int oneMore) = Math.DivRem(partitions, members.Length);
        int[] load = new int[members.Length];
        SiloAddress?[] owners = new SiloAddress?[partitions];
        foreach ((_, int partition, int member) in Rank(gallery, partitions, members))
        {
            if (owners[partition] is null && (load[member] < floor || (load[member] == floor && oneMore > 0)))
            {
                oneMore -= load[member] == floor ? 1 : 0;
                load[member]++;
                owners[partition] = members[member].Address;
            }
        }

        return owners!;
    }

    private static (ulong Rank, int Partition, int Member)[] Rank(long gallery, int partitions, GallerySilo[] members)
    {
        ulong[] seeds = Array.ConvertAll(
            members, member => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(member.Name)));
        (ulong Rank, int Partition, int Member)[] pairs = new (ulong, int, int)[partitions * members.Length];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            (int partition, int member) = Math.DivRem(pair, members.Length);
            pairs[pair] = (Rank(gallery, partition, seeds[member]), partition, member);
        }

        // Best first; nobody else's order must decide between equals.
        Array.Sort(pairs, (one, other) => (other.Rank, one.Partition, one.Member).CompareTo(
            (one.Rank, other.Partition, other.Member)));
        return pairs;
    }

    private static ulong Rank(long gallery, int partition, ulong seed)
    {
        Span<byte> bytes = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, gallery);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], partition);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[12..], seed);
        return XxHash64.HashToUInt64(bytes);
    }
}
