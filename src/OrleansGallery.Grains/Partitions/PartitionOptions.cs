using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Grains;

/// <summary>Settings of the partitions that a silo holds.</summary>
public sealed class PartitionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Partitions";

    /// <summary>How long loading one partition may take; then it is given up, and its callers hear that they should
    /// retry. Large partitions on a slow store need more. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LoadTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many partitions a silo loads at a time, and as many again it reads ahead; more share the disk and
    /// the connections. Default: 2.</summary>
    [Range(1, 64)]
    public int LoadsAtOnce { get; set; } = 2;

    /// <summary>A partition that nobody searched or changed for so long leaves memory; the next search loads it again.
    /// Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>About how many identities a silo keeps in memory at most, beside their search rows: of those that
    /// nobody called for a while, which leave after a minute or two in any case, the earliest leave first. One takes
    /// 8 bytes a component and facet, and more for each image. Default: 20,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxActiveIdentities { get; set; } = 20_000;

    /// <summary>How often the silo asks the store whether it still owns its partitions. Default: 0.5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan ConfirmInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// After so long without the store's word an answer says that it is not confirmed, and identities answer nothing
    /// from memory; and for so long a new owner keeps back its first acknowledgement, where the last one did not hand
    /// over. The same on all silos. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the membership must have been quiet before partitions move to where they belong. Default: 1.5
    /// seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan BalancePause { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How many partitions a silo moves at a time. Default: 2.</summary>
    [Range(1, 64)]
    public int MovesAtOnce { get; set; } = 2;

    /// <summary>How long a silo that is told to stop may take to hand its partitions over; whatever is left then is
    /// loaded by others when it is needed. Default: 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);
}
