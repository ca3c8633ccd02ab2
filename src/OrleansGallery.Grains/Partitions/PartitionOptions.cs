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

    /// <summary>A partition that nobody searched or changed for so long leaves memory; the next search loads it again.
    /// Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromHours(1);
}
