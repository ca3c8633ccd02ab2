using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Grains;

/// <summary>Settings of the silo's committer.</summary>
public sealed class CommitterOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Committer";

    /// <summary>The most identity changes in one transaction. More share one disk flush; a transaction takes longer.
    /// Default: 1,024.</summary>
    [Range(1, 100_000)]
    public int MaxGroupChanges { get; set; } = 1024;

    /// <summary>The most bytes of embeddings and pictures in one transaction. Default: 32 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxGroupBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The most identity changes without a verdict at once, per lane; what comes beyond is refused as
    /// <c>overloaded</c>. Default: 16,384.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueuedChanges { get; set; } = 16_384;

    /// <summary>The same in bytes of embeddings and pictures. Default: 256 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxQueuedBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>How long the outcome of a commit is looked for while the store does not answer; then its callers hear
    /// that it is unknown, and the partition is loaded anew. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a partition waits to hear how an operation ended that changes an identity of another
    /// partition, too; then it finds out by itself, which ends an operation that takes longer. Default: 15
    /// seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan LoanTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an operation over two identities, or an erasure, is remembered, so that whoever asks for it
    /// again by its id gets the same receipt. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan KeepOperations { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a gallery refuses the contents of images that were erased from it (<c>erased</c>), by their
    /// SHA-256; 0: not at all. What was refused already stays so for as long as its receipt says. Default: 90
    /// days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan RefuseErased { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often a store that took no write (its disk is full, for one) is tried again, so that the service
    /// says by itself that it is well. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(2);
}
