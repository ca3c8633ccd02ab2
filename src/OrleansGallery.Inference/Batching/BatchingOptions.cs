using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Inference;

/// <summary>How single images are gathered into batches for the model.</summary>
public sealed class BatchingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Batching";

    /// <summary>
    /// The most images in one forward pass. Larger batches give more images per second and make each wait longer; on a
    /// CPU little is gained above 16, on a GPU 64 to 256 are usual. Default: 16.
    /// </summary>
    [Range(1, 1024)]
    public int MaxBatchSize { get; set; } = 16;

    /// <summary>
    /// How long the first image of a batch may wait for others while the model is free. Zero runs what is there at
    /// once. Longer fills batches at low load, at the price of every lone image's latency. Default: 2 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// How many images may wait in each lane. When it is full, an interactive image is refused (the caller may retry)
    /// and a bulk image's sender waits. More evens out bursts and takes memory: about 50 kB per image of 128 x 128
    /// pixels. Default: 256.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 256;
}
