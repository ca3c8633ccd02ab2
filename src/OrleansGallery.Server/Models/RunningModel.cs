using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;

namespace OrleansGallery.Server;

/// <summary>One model, on every device with a batcher of its own.</summary>
internal sealed class RunningModel : IAsyncDisposable
{
    private readonly IReadOnlyList<ModelLane> _lanes;
    private readonly TimeProvider _time;
    private readonly long _started;
    private int _turn;

    /// <param name="lanes">The model on each device; it disposes of them.</param>
    /// <param name="devices">Where it runs.</param>
    /// <param name="precision">What it computes with.</param>
    /// <param name="time">The clock.</param>
    internal RunningModel(IReadOnlyList<ModelLane> lanes, string devices, string precision, TimeProvider time)
    {
        (_lanes, _time, _started) = (lanes, time, time.GetTimestamp());
        (Devices, Precision) = (devices, precision);
    }

    /// <summary>Where it runs.</summary>
    public string Devices { get; }

    /// <summary>What it computes with.</summary>
    public string Precision { get; }

    /// <summary>Whether every device is left out, though it was loaded a while ago: only to load it anew may help.
    /// </summary>
    public bool IsSpent => _lanes.All(lane => lane.IsOut) && _time.GetElapsedTime(_started) >= ModelLane.Pause;

    /// <summary>Loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="server">Names devices, precision and threads.</param>
    /// <param name="batching">The limits of each batcher.</param>
    /// <param name="time">The clock.</param>
    /// <param name="memoryShort">Hears of batches that needed more memory than there was.</param>
    /// <param name="instruments">Hears of what the batchers do.</param>
    /// <exception cref="CheckpointException">The file does not hold a model of use.</exception>
    /// <exception cref="TorchRuntimeException">Torch, the device or the precision is not available.</exception>
    /// <exception cref="ModelFailureException">It fails on its device.</exception>
    public static RunningModel Start(
        string path, ServerOptions server, BatchingOptions batching, TimeProvider time,
        Action<EmbeddingMemoryException> memoryShort, InferenceInstruments instruments)
    {
        int threads = server.ModelThreads > 0 ? server.ModelThreads : Math.Max(1, Environment.ProcessorCount / 2);
        ModelPrecision precision = PrecisionName.Find(server.Precision) ?? ModelPrecision.Auto;
        // Which device auto is depends on what kind of model it is.
        IReadOnlyList<string> devices = server.Device == TorchDevice.Auto
            ? [TorchDevice.Auto]
            : TorchDevice.List(server.Device);
        List<EmbeddingModel> models = [];
        try
        {
            foreach (string device in devices)
            {
                models.Add(EmbeddingModel.Load(path, device, threads, precision));
            }
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }

        return new RunningModel(
            [.. models.Select(model => new ModelLane(model, batching, time, memoryShort, instruments))],
            string.Join(", ", models.Select(model => model.Device)), PrecisionName.Of(models[0].Precision), time);
    }

    /// <summary>How many images wait.</summary>
    public int QueueLength => _lanes.Sum(lane => lane.QueueLength);

    /// <summary>Embeds one image where the fewest are under way, on a device that works as far as is known.</summary>
    /// <returns>The embedding, not normalised.</returns>
    public Task<float[]> EmbedAsync(PixelImage image, EmbeddingLane lane, CancellationToken cancellationToken)
    {
        int first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_lanes.Count);
        return Enumerable.Range(first, _lanes.Count).Select(i => _lanes[i % _lanes.Count])
            .OrderBy(one => one.IsOut).ThenBy(one => one.UnderWay).First()
            .EmbedAsync(image, lane, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ModelLane lane in _lanes)
        {
            await lane.DisposeAsync();
        }
    }
}
