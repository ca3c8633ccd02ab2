using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Inference.Serving;
using TorchSharp;

namespace OrleansGallery.Inference;

/// <summary>
/// A network of ours with its weights, in the form in which it serves. Pixels stay bytes until they are where the
/// network is.
/// </summary>
internal sealed class NetworkModel : EmbeddingModel
{
    // More at once gives a GPU nothing, and a processor's caches hold less than this.
    private const int MostOnGpu = 512;
    private const int MostOnProcessor = 64;

    private readonly EmbeddingNetwork _network;
    private readonly torch.Tensor _shift;
    private readonly torch.Device _device;
    private readonly torch.ScalarType _type;
    private readonly ConcurrentBag<PixelBuffer> _buffers = [];

    private NetworkModel(
        ModelDescription description, EmbeddingNetwork network, torch.Device device, ModelPrecision precision)
        : base(description, precision, device.ToString())
    {
        Normalization normalization = new(description.Mean, description.Std);
        (_network, _device, _type) = (network, device, TypeOf(precision));
        ServingForm.Apply(network, normalization, _type, device);
        _shift = ServingForm.PixelShift(normalization, description.InputHeight, description.InputWidth, device);
        _shift.DetachFromDisposeScope();
    }

    /// <summary>Loads a model's file.</summary>
    public static NetworkModel Load(
        SafetensorsFile file, ModelDescription description, string device, int? threads, ModelPrecision precision)
    {
        torch.Device target = TorchDevice.Of(device);
        TorchRuntime.Threads = threads ?? TorchRuntime.Threads;
        return precision == ModelPrecision.Auto
            ? PrecisionTrial.Choose(target, of => Build(file, description, target, of))
            : Build(file, description, target, precision);
    }

    /// <summary>Reads the network of a model's file as it is: it can be saved again, or trained.</summary>
    /// <returns>In evaluation mode on the CPU; the caller disposes of it.</returns>
    public static EmbeddingNetwork Read(SafetensorsFile file, ModelDescription description)
    {
        EmbeddingNetwork network = new(ModelMetadata.ShapeOf(description));
        try
        {
            NetworkWeights.Load(network, file);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private protected override void Close()
    {
        _network.Dispose();
        _shift.Dispose();
        foreach (PixelBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    private protected override int MostAtOnce => OnGpu ? MostOnGpu : MostOnProcessor;

    private protected override void Forward(IReadOnlyList<PixelImage> images, Span<float[]> embeddings)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        if (!_buffers.TryTake(out PixelBuffer? buffer))
        {
            buffer = new PixelBuffer(
                Description.InputHeight, Description.InputWidth, Description.Dimension, pinned: OnGpu);
        }

        try
        {
            buffer.Read(Run(buffer.Fill(images)), embeddings);
        }
        catch (ExternalException exception) when (EmbeddingMemoryException.IsMeantBy(exception))
        {
            throw new EmbeddingMemoryException(images.Count, _device.ToString(), exception);
        }
        finally
        {
            _buffers.Add(buffer);
        }
    }

    // [B, H, W, 3] of bytes to [B, D]: seen as [B, 3, H, W] they are channels-last as they lie.
    private torch.Tensor Run(torch.Tensor pixels)
    {
        torch.Tensor input = pixels.to(_device, non_blocking: true).permute(0, 3, 1, 2).to(torch.float32);
        input = input.Increase(_shift).to(_type);
        torch.Tensor map = _network.Trunk.call(input).to(torch.float32); // [B, C, h, w]
        return _network.Neck(_network.Trunk.Pool(map));
    }

    private static NetworkModel Build(
        SafetensorsFile file, ModelDescription description, torch.Device device, ModelPrecision precision)
    {
        PrecisionSupport.Require(precision, device);
        EmbeddingNetwork network = Read(file, description);
        try
        {
            return new NetworkModel(description, network, device, precision);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static torch.ScalarType TypeOf(ModelPrecision precision) => precision switch
    {
        ModelPrecision.Float16 => torch.ScalarType.Float16,
        ModelPrecision.BFloat16 => torch.ScalarType.BFloat16,
        _ => torch.ScalarType.Float32,
    };
}
