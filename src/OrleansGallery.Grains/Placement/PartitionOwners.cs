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
    /// Rendezvous hashing with a bounded load: each partition, in order, goes to the silo that ranks highest for it and
    /// has fewer than ceil(partitions / silos) yet. Every silo that knows the same members computes the same answer,
    /// and a member that comes or goes moves few partitions.
    /// </summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partitions">How many partitions it has.</param>
    /// <param name="silos">The gallery silos, in any order; at least one.</param>
    /// <returns>The owner of each partition.</returns>
    public static SiloAddress[] Assign(long gallery, int partitions, IReadOnlyCollection<SiloAddress> silos)
    {
        ArgumentOutOfRangeException.ThrowIfZero(silos.Count);
        (SiloAddress Silo, ulong Seed)[] members =
            [.. silos.Select(silo => (silo, Seed(silo))).OrderBy(member => member.Item2)];
        int most = (partitions + members.Length - 1) / members.Length;
        int[] load = new int[members.Length];
        SiloAddress[] owners = new SiloAddress[partitions];
        for (int partition = 0; partition < partitions; partition++)
        {
            int best = -1;
            ulong bestRank = 0;
            for (int i = 0; i < members.Length; i++)
            {
                ulong rank = Rank(gallery, partition, members[i].Seed);
                if (load[i] < most && (best < 0 || rank > bestRank))
                {
                    (best, bestRank) = (i, rank);
                }
            }

            load[best]++;
            owners[partition] = members[best].Silo;
        }

        return owners;
    }

    private static ulong Seed(SiloAddress silo) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(silo.ToParsableString()));

    private static ulong Rank(long gallery, int partition, ulong seed)
    {
        Span<byte> bytes = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, gallery);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], partition);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[12..], seed);
        return XxHash64.HashToUInt64(bytes);
    }
}
