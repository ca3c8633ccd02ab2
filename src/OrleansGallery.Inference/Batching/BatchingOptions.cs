using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Inference;

/// <summary>How single images are gathered into batches for the model.</summary>
public sealed class BatchingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Batching";

    private const int LeastCapacity = 256;

    // Two under way, one that is being filled, and one more for the unevenness of what comes.
    private const int BatchesWaiting = 4;

    /// <summary>
    /// The most images in one forward pass. Larger batches give more images per second and make each wait longer; on a
    /// CPU little is gained above 16, on a GPU 64 to 256 are usual. Default: by device, 16 on a CPU and 256 on CUDA.
    /// </summary>
    [Range(1, 1024)]
    public int? MaxBatchSize { get; set; }

    /// <summary>
    /// How long the first image of a batch may wait for others while the model is free. Zero runs what is there at
    /// once. Longer fills batches at low load, at the price of every lone image's latency. Default: 2 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// How many images may wait in each lane. When it is full, an interactive image is refused (the caller may retry)
    /// and a bulk image's sender waits. More evens out bursts and takes memory: about 50 kB per image of 128 x 128
    /// pixels. Default: 256 or four batches, whichever is more.
    /// </summary>
    [Range(1, 1_000_000)]
    public int? QueueCapacity { get; set; }

    /// <summary>The most images in one forward pass of a model.</summary>
    internal int BatchSizeFor(IBatchModel model) => MaxBatchSize ?? model.BatchSize;

    /// <summary>How many images may wait in each lane for a model.</summary>
    internal int CapacityFor(IBatchModel model) =>
        QueueCapacity ?? Math.Max(LeastCapacity, BatchesWaiting * BatchSizeFor(model));
}
