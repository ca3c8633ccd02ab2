using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using TorchSharp;

namespace OrleansGallery.Benchmarks.Embedding;

/// <summary>
/// The product's forward path as it was before November 2026: the network as it is trained, float32 in planes, pixels
/// normalised on the CPU, one batch after the other.
/// </summary>
internal sealed class FormerForward : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly EmbeddingNetwork _network;
    private readonly Normalization _normalization;
    private readonly torch.Device _device;

    public FormerForward(string path, string device)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        ModelDescription description = EmbeddingModel.Describe(path);
        _device = TorchDevice.Of(device);
        _network = NetworkModel.Read(file, description);
        _network.to(_device);
        _normalization = new Normalization(description.Mean, description.Std);
    }

    public float[][] Embed(IReadOnlyList<PixelImage> images) =>
        [.. images.Chunk(MostAtOnce).SelectMany(EmbedSome)];

    private float[][] EmbedSome(PixelImage[] images)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        torch.Tensor batch = ImageTensor.Create(images, _normalization).to(_device); // [B, 3, H, W]
        torch.Tensor result = _network.call(batch).cpu().contiguous(); // [B, D]
        int dimension = (int)result.shape[1];
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(result.bytes);
        float[][] embeddings = new float[images.Length][];
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i] = values.Slice(i * dimension, dimension).ToArray();
        }

        return embeddings;
    }

    public void Dispose() => _network.Dispose();
}
