using System.IO.Hashing;
using System.Text;

namespace OrleansGallery.Abstractions;

/// <summary>Which partition of a gallery an identity belongs to, for the gallery's whole life.</summary>
public static class PartitionFunction
{
    /// <summary>XxHash64 of the identity's id in UTF-8, modulo the number of partitions.</summary>
    /// <param name="identityId">The identity's id.</param>
    /// <param name="partitions">How many partitions the gallery has, at least 1.</param>
    /// <returns>The partition, from 0.</returns>
    public static int PartitionOf(string identityId, int partitions)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        return (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(identityId)) % (uint)partitions);
    }
}
