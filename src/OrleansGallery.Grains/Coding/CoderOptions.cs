using System.ComponentModel.DataAnnotations;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Settings of the silo's search coder.</summary>
public sealed class CoderOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Coder";

    /// <summary>Whether rows are coded in the background. Without codes a search compares every row in float32: the
    /// same answers, several times slower on large galleries, and about a quarter less memory. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long to wait between two rounds; a partition that was loaded starts one at once. A shorter pause
    /// finds new rows and other silos' bases sooner. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A gallery with fewer rows is not coded, and learns no basis: comparing them all in float32 is fast
    /// enough. Default: 4,096.</summary>
    [Range(1, long.MaxValue)]
    public long MinRows { get; set; } = BasisPolicy.MinRows;
}
