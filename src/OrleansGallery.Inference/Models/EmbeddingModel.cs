using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using TorchSharp;

namespace OrleansGallery.Inference;

/// <summary>
/// A network with its weights, ready to embed: backbone, average pooling and BNNeck in evaluation mode. Safe for use by
/// several threads until disposed. How many threads one forward pass uses is <see cref="TorchRuntime.Threads"/>.
/// </summary>
public sealed class EmbeddingModel : IBatchModel, IDisposable
{
    // Bounds the memory of one forward pass, whatever the caller brings.
    private const int MaxForward = 64;

    private readonly EmbeddingNetwork _network;
    private readonly Normalization _normalization;
    private readonly torch.Device _device;

    private EmbeddingModel(ModelDescription description, EmbeddingNetwork network, torch.Device device)
    {
        Description = description;
        _network = network;
        _normalization = new Normalization(description.Mean, description.Std);
        _device = device;
    }

    /// <summary>What the model is and wants.</summary>
    public ModelDescription Description { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="safetensorsPath">A file whose metadata names architecture and input size.</param>
    /// <param name="device">Where it runs: <c>cpu</c> (default), <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">The file does not hold such a model; the message names what
    /// differs.</exception>
    /// <exception cref="TorchRuntimeException">Torch or the device is not available.</exception>
    public static EmbeddingModel Load(string safetensorsPath, string device = "cpu")
    {
        using SafetensorsFile file = SafetensorsFile.Open(safetensorsPath);
        return Load(file, device);
    }

    /// <inheritdoc cref="Load(string, string)"/>
    internal static EmbeddingModel Load(SafetensorsFile file, string device)
    {
        torch.Device target = TorchDevice.Of(device);
        ModelDescription description = ModelMetadata.Read(file, file.Sha256());
        EmbeddingNetwork network = new(ModelMetadata.ShapeOf(description));
        try
        {
            NetworkWeights.Load(network, file);
            network.eval();
            network.to(target);
            return new EmbeddingModel(description, network, target);
        }
        catch
        {
            network.Dispose();
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

    /// <summary>Writes this model; loading the file gives the same embeddings.</summary>
    /// <param name="path">Where; an existing file is replaced, by rename.</param>
    /// <param name="name">The weights' name, the first part of the new file's id.</param>
    public void Save(string path, string name) => Save(path, name, _network, Description);

    /// <summary>Writes this model as an import changes it.</summary>
    internal void Save(Stream stream, string name, ImportOptions options) => Save(
        stream,
        name,
        _network,
        Description with
        {
            InputHeight = options.InputHeight ?? Description.InputHeight,
            InputWidth = options.InputWidth ?? Description.InputWidth,
            Fit = options.FitOr(
                Description.Id,
                Description.Fit,
                options.InputHeight ?? Description.InputHeight,
                options.InputWidth ?? Description.InputWidth),
        },
        options.Half);

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
    public float[][] Embed(IReadOnlyList<PixelImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        for (int i = 0; i < images.Count; i++)
        {
            RefuseOtherSize(images[i], i);
        }

        float[][] embeddings = new float[images.Count][];
        for (int from = 0; from < images.Count; from += MaxForward)
        {
            int count = Math.Min(MaxForward, images.Count - from);
            IReadOnlyList<PixelImage> part = count == images.Count
                ? images
                : [.. Enumerable.Range(from, count).Select(i => images[i])];
            Forward(part, embeddings.AsSpan(from, count));
        }

        return embeddings;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();

    private void Forward(IReadOnlyList<PixelImage> images, Span<float[]> embeddings)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        torch.Tensor batch = ImageTensor.Create(images, _normalization).to(_device); // [B, 3, H, W]
        torch.Tensor result = _network.call(batch).cpu().contiguous(); // [B, D]
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i] = values.Slice(i * Description.Dimension, Description.Dimension).ToArray();
        }
    }

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
