using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Graphs;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Serving;

namespace OrleansGallery.Inference;

/// <summary>
/// A model, ready to embed: weights of a network here, or a graph of its own. Safe for use by several threads until
/// disposed.
/// </summary>
public abstract class EmbeddingModel : IBatchModel, IDisposable
{
    private const int BatchOnProcessor = 16;
    private const int BatchOnGpu = 256;

    private protected EmbeddingModel(ModelDescription description, ModelPrecision precision, string device) =>
        (Description, Precision, Device) = (description, precision, device);

    /// <summary>What the model is and wants.</summary>
    public ModelDescription Description { get; }

    /// <summary>What it computes with; of a graph that a model brings, what its own numbers are is not known here:
    /// float32.</summary>
    public ModelPrecision Precision { get; }

    /// <summary>Where it runs: <c>cpu</c>, or <c>cuda:</c> and a number.</summary>
    public string Device { get; }

    /// <inheritdoc/>
    public virtual int BatchSize => OnGpu ? BatchOnGpu : BatchOnProcessor;

    /// <inheritdoc/>
    public int BatchesAtOnce => OnGpu ? 2 : 1;

    private protected bool OnGpu => Device != TorchDevice.Cpu;

    /// <summary>Bounds the memory of one forward pass, whatever the caller brings.</summary>
    private protected virtual int MostAtOnce => 64;

    /// <summary>Loads a model.</summary>
    /// <param name="safetensorsPath">A file whose metadata names architecture and input size.</param>
    /// <param name="device">Where it runs: <c>cpu</c> (default), <c>cuda</c>, <c>cuda:1</c>, or <c>auto</c>.</param>
    /// <param name="threads">
    /// How many threads one forward pass may use; Torch has one number for all its models. Default: as it is, at first
    /// the number of cores.
    /// </param>
    /// <param name="precision">What a network of ours computes with; graphs have their own numbers.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">The file does not hold such a model; the message names what
    /// differs.</exception>
    /// <exception cref="TorchRuntimeException">Torch, ONNX Runtime or the device is not available.</exception>
    /// <exception cref="ModelFailureException">Its graph fails where it is to run.</exception>
    public static EmbeddingModel Load(
        string safetensorsPath, string device = "cpu", int? threads = null,
        ModelPrecision precision = ModelPrecision.Float32)
    {
        using SafetensorsFile file = SafetensorsFile.Open(safetensorsPath);
        return Load(file, device, threads, precision);
    }

    /// <inheritdoc cref="Load(string, string, int?, ModelPrecision)"/>
    internal static EmbeddingModel Load(
        SafetensorsFile file, string device, int? threads = null, ModelPrecision precision = ModelPrecision.Float32)
    {
        ModelDescription description = ModelMetadata.Read(file, file.Sha256());
        EmbeddingModel model = description.Graph is null
            ? NetworkModel.Load(file, description, device, threads, precision)
            : GraphModel.Load(file, description, device, threads);
        try
        {
            GreyImage.Require(file.Path, model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads a model's description without building the network.</summary>
    /// <param name="safetensorsPath">The file.</param>
    /// <returns>The description.</returns>
    /// <exception cref="CheckpointException">The file does not hold such a model.</exception>
    public static ModelDescription Describe(string safetensorsPath)
    {
        using SafetensorsFile file = SafetensorsFile.Open(safetensorsPath);
        return ModelMetadata.Read(file, file.Sha256());
    }

    /// <summary>Writes a network's weights with what is needed to load them again.</summary>
    /// <param name="path">Where; an existing file is replaced, by rename.</param>
    /// <param name="name">The weights' name, the first part of the model's id.</param>
    /// <param name="network">The network.</param>
    /// <param name="description">The description; id and hash follow from the file written and are not stored.</param>
    /// <param name="half">Whether weights are rounded to float16.</param>
    public static void Save(
        string path, string name, EmbeddingNetwork network, ModelDescription description, bool half = false) =>
        DurableFile.Write(path, stream => Save(stream, name, network, description, half));

    /// <summary>Writes a network's weights with what is needed to load them again.</summary>
    internal static void Save(
        Stream stream, string name, EmbeddingNetwork network, ModelDescription description, bool half)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(description);
        ModelDescription actual = description with
        {
            Architecture = network.Shape.Name,
            Dimension = network.Shape.Dimension,
            LastStride = network.Shape.Stride,
            StemRelu = network.Shape.Relu,
        };
        SafetensorsFile.Write(stream, NetworkWeights.Copy(network, half), ModelMetadata.Write(name, actual));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An image has not the model's input size.</exception>
    /// <exception cref="ModelFailureException">What comes out is of no use.</exception>
    public float[][] Embed(IReadOnlyList<PixelImage> images)
    {
        float[][] embeddings = EmbedAsTheyCome(images);
        foreach (float[] embedding in embeddings)
        {
            if (GreyImage.FlawOf(embedding) is { } flaw)
            {
                throw new ModelFailureException(
                    $"The embedding of an image {flaw} in {PrecisionName.Of(Precision)}. "
                    + GreyImage.CureOf(Precision));
            }
        }

        return embeddings;
    }

    /// <summary>Embeds, and lets pass what is no number.</summary>
    internal float[][] EmbedAsTheyCome(IReadOnlyList<PixelImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        for (int i = 0; i < images.Count; i++)
        {
            RefuseOtherSize(images[i], i);
        }

        float[][] embeddings = new float[images.Count][];
        for (int from = 0; from < images.Count; from += MostAtOnce)
        {
            int count = Math.Min(MostAtOnce, images.Count - from);
            IReadOnlyList<PixelImage> part = count == images.Count
                ? images
                : [.. Enumerable.Range(from, count).Select(i => images[i])];
            Forward(part, embeddings.AsSpan(from, count));
        }

        return embeddings;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Embeds what one forward pass takes.</summary>
    private protected abstract void Forward(IReadOnlyList<PixelImage> images, Span<float[]> embeddings);

    private protected abstract void Close();

    private void RefuseOtherSize(PixelImage image, int index)
    {
        if (image.Height != Description.InputHeight || image.Width != Description.InputWidth)
        {
            throw new ArgumentException(
                $"Image {index} has {image.Width} x {image.Height} pixels; model '{Description.Id}' takes "
                + $"{Description.InputWidth} x {Description.InputHeight}.");
        }
    }
}
