using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;

namespace OrleansGallery.Server;

/// <summary>One model, on every device with a batcher of its own.</summary>
internal sealed class RunningModel : IAsyncDisposable
{
    private readonly (EmbeddingModel Model, DynamicBatcher Batcher)[] _lanes;
    private int _turn;

    private RunningModel(
        IReadOnlyList<string> devices, (EmbeddingModel Model, DynamicBatcher Batcher)[] lanes) =>
        (Devices, _lanes) = (string.Join(", ", devices), lanes);

    /// <summary>Where it runs.</summary>
    public string Devices { get; }

    /// <summary>What it computes with.</summary>
    public string Precision => PrecisionName.Of(_lanes[0].Model.Precision);

    /// <summary>Loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="server">Names devices, precision and threads.</param>
    /// <param name="batching">The limits of each batcher.</param>
    /// <param name="memoryShort">Hears of batches that needed more memory than there was.</param>
    /// <param name="instruments">Hears of what the batchers do.</param>
    /// <exception cref="CheckpointException">The file does not hold a model of use.</exception>
    /// <exception cref="TorchRuntimeException">Torch, the device or the precision is not available.</exception>
    public static RunningModel Start(
        string path, ServerOptions server, BatchingOptions batching, Action<EmbeddingMemoryException> memoryShort,
        InferenceInstruments instruments)
    {
        int threads = server.ModelThreads > 0 ? server.ModelThreads : Math.Max(1, Environment.ProcessorCount / 2);
        ModelPrecision precision = PrecisionName.Find(server.Precision) ?? ModelPrecision.Auto;
        IReadOnlyList<string> devices = TorchDevice.List(server.Device);
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
            devices,
            [
                .. models.Select(model => (model, new DynamicBatcher(
                    model, batching, memoryShort: memoryShort, instruments: instruments))),
            ]);
    }

    /// <summary>How many images wait.</summary>
    public int QueueLength => _lanes.Sum(lane => lane.Batcher.QueueLength);

    /// <summary>Embeds one image, where the fewest wait.</summary>
    /// <returns>The embedding, not normalised.</returns>
    public Task<float[]> EmbedAsync(PixelImage image, EmbeddingLane lane, CancellationToken cancellationToken)
    {
        int first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_lanes.Length);
        DynamicBatcher best = _lanes[first].Batcher;
        for (int i = 1; i < _lanes.Length; i++)
        {
            DynamicBatcher other = _lanes[(first + i) % _lanes.Length].Batcher;
            best = other.QueueLength < best.QueueLength ? other : best;
        }

        return best.EmbedAsync(image, lane, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((EmbeddingModel model, DynamicBatcher batcher) in _lanes)
        {
            await batcher.DisposeAsync();
            model.Dispose();
        }
    }
}
