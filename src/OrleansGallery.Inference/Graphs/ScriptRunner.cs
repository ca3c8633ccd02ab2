using System.Runtime.InteropServices;
using OrleansGallery.Onnx;
using TorchSharp;

namespace OrleansGallery.Inference.Graphs;

/// <summary>A TorchScript program on Torch.</summary>
internal sealed class ScriptRunner : IGraphRunner
{
    private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _module;
    private readonly torch.Device _device;

    private ScriptRunner(torch.jit.ScriptModule<torch.Tensor, torch.Tensor> module, torch.Device device) =>
        (_module, _device) = (module, device);

    /// <exception cref="CheckpointException">Torch refuses it.</exception>
    public static ScriptRunner Open(string path, byte[] program, string device, int? threads)
    {
        torch.Device target = TorchDevice.Of(device);
        TorchRuntime.Threads = threads ?? TorchRuntime.Threads;
        try
        {
            torch.jit.ScriptModule<torch.Tensor, torch.Tensor> module =
                torch.jit.load<torch.Tensor, torch.Tensor>(program, target.type, target.index);
            module.eval();
            return new ScriptRunner(module, target);
        }
        catch (ExternalException exception)
        {
            throw new CheckpointException(path, $"Torch refuses it: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public OnnxResult Run(Memory<float> batch, long[] shape)
    {
        try
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable mode = torch.inference_mode();
            torch.Tensor input = torch.empty(shape, torch.float32);
            batch.Span.CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
            torch.Tensor output = _module.call(input.to(_device)).to(torch.float32).cpu().contiguous();
            return new OnnxResult(MemoryMarshal.Cast<byte, float>(output.bytes).ToArray(), output.shape);
        }
        catch (ExternalException exception) when (EmbeddingMemoryException.IsMeantBy(exception))
        {
            throw new EmbeddingMemoryException((int)shape[0], _device.ToString(), exception);
        }
        catch (Exception exception) when (exception is ExternalException or InvalidCastException)
        {
            throw new OnnxException(
                $"Torch failed on a batch of [{string.Join(", ", shape)}]: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _module.Dispose();
}
