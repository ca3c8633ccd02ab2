using System.Globalization;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>The slots that make a partition, in SQL: rows know only their slot.</summary>
internal static class PartitionSlots
{
    /// <summary>The slots of the partition that <c>$1</c> and <c>$2</c> name, as an array: none where it is
    /// gone.</summary>
    public static readonly string Array = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        ARRAY(
            SELECT generate_series(held.partition, {IdentitySlot.Slots - 1}, cut.partitions)::smallint
            FROM gallery.partitions AS held JOIN gallery.galleries AS cut ON cut.number = held.gallery
            WHERE held.gallery = $1 AND held.partition = $2)
        """);
}
