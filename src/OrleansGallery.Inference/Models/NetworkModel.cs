using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using TorchSharp;

namespace OrleansGallery.Inference;

/// <summary>A network of ours with its weights: backbone, average pooling and BNNeck in evaluation mode.</summary>
internal sealed class NetworkModel : EmbeddingModel
{
    private readonly EmbeddingNetwork _network;
    private readonly Normalization _normalization;
    private readonly torch.Device _device;

    private NetworkModel(ModelDescription description, EmbeddingNetwork network, torch.Device device)
        : base(description)
    {
        _network = network;
        _normalization = new Normalization(description.Mean, description.Std);
        _device = device;
    }

    /// <summary>Loads a model's file.</summary>
    public static NetworkModel Load(SafetensorsFile file, ModelDescription description, string device, int? threads)
    {
        torch.Device target = TorchDevice.Of(device);
        TorchRuntime.Threads = threads ?? TorchRuntime.Threads;
        EmbeddingNetwork network = new(ModelMetadata.ShapeOf(description));
        try
        {
            NetworkWeights.Load(network, file);
            network.eval();
            network.to(target);
            return new NetworkModel(description, network, target);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private protected override void Close() => _network.Dispose();

    /// <summary>Writes this model under another description.</summary>
    public void Save(Stream stream, string name, ModelDescription description, bool half) =>
        Save(stream, name, _network, description, half);

    private protected override void Forward(IReadOnlyList<PixelImage> images, Span<float[]> embeddings)
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
}
