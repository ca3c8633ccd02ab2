using System.Buffers;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>A model that brings its own graph.</summary>
internal sealed class GraphModel : EmbeddingModel
{
    /// <summary>The name of the graph's bytes in a model's file.</summary>
    public const string Tensor = "graph";

    private readonly IGraphRunner _runner;
    private readonly Normalization _normalization;
    private readonly GraphUse _use;

    /// <param name="description">What the model is and wants.</param>
    /// <param name="runner">Runs its graph; the model disposes of it.</param>
    /// <param name="device">Where it runs.</param>
    internal GraphModel(ModelDescription description, IGraphRunner runner, string device)
        : base(description, ModelPrecision.Float32, device)
    {
        _runner = runner;
        _normalization = new Normalization(description.Mean, description.Std);
        _use = description.Graph!;
    }

    /// <summary>Loads a model's file.</summary>
    public static GraphModel Load(SafetensorsFile file, ModelDescription description, string device, int? threads)
    {
        SafetensorsEntry entry = file.Find(Tensor) is { Type: SafetensorsType.U8 } found
            && found.Length <= Array.MaxLength
                ? found
                : throw new CheckpointException(file.Path, $"it has no '{Tensor}', the bytes of its graph.");
        byte[] graph = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        file.Read(entry, graph);
        return Of(file.Path, description, graph, device, threads);
    }

    /// <summary>Makes a graph ready to embed.</summary>
    public static GraphModel Of(
        string path, ModelDescription description, byte[] graph, string device, int? threads)
    {
        bool script = description.Architecture == GraphKinds.Script;
        string target = script
            ? TorchDevice.NameOf(device)
            : OnnxRunner.DeviceOf(device, () => OnnxSession.KnowsCuda, () => TorchDevice.CudaDevices);
        return new GraphModel(
            description,
            script
                ? ScriptRunner.Open(path, graph, target, threads)
                : OnnxRunner.Open(path, graph, description.Graph!, target, threads),
            target);
    }

    /// <inheritdoc/>
    /// <remarks>To gather more images than the graph takes at once gains nothing and makes each wait.</remarks>
    public override int BatchSize => _use.Batch == 0 ? Math.Min(base.BatchSize, MostAtOnce) : _use.Batch;

    private protected override void Close() => _runner.Dispose();

    /// <summary>Embeds without asking how many numbers come.</summary>
    public float[][] Try(IReadOnlyList<PixelImage> images)
    {
        float[][] embeddings = new float[images.Count][];
        int step = _use.Batch == 0 ? images.Count : _use.Batch;
        for (int from = 0; from < images.Count; from += step)
        {
            int count = Math.Min(step, images.Count - from);
            Run([.. Enumerable.Range(from, count).Select(i => images[i])], embeddings.AsSpan(from, count));
        }

        return embeddings;
    }

    private protected override void Forward(IReadOnlyList<PixelImage> images, Span<float[]> embeddings)
    {
        float[][] made = TryOnDevice(images);
        for (int i = 0; i < made.Length; i++)
        {
            embeddings[i] = made[i].Length == Description.Dimension
                ? made[i]
                : throw new ModelFailureException(
                    $"It gave {made[i].Length} numbers instead of {Description.Dimension}.");
        }
    }

    private float[][] TryOnDevice(IReadOnlyList<PixelImage> images)
    {
        try
        {
            return Try(images);
        }
        catch (OnnxException exception) when (EmbeddingMemoryException.IsMeantBy(exception))
        {
            throw new EmbeddingMemoryException(images.Count, Device, exception);
        }
        catch (OnnxException exception)
        {
            throw new ModelFailureException(exception.Message, exception) { IsOfDevice = true };
        }
    }

    private void Run(IReadOnlyList<PixelImage> images, Span<float[]> embeddings)
    {
        int batch = Math.Max(_use.Batch, images.Count);
        (int height, int width) = (Description.InputHeight, Description.InputWidth);
        int length = batch * 3 * height * width;
        float[] rented = ArrayPool<float>.Shared.Rent(length);
        try
        {
            GraphPixels.Fill(images, _normalization, _use, rented.AsSpan(0, length));
            OnnxResult result = _runner.Run(
                rented.AsMemory(0, length),
                _use.Layout == GraphLayout.Nchw ? [batch, 3, height, width] : [batch, height, width, 3]);
            for (int i = 0; i < embeddings.Length; i++)
            {
                embeddings[i] = GraphPooling.Embedding(result, batch, i, _use);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
