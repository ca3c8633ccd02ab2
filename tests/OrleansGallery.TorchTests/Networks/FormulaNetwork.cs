using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>A network with the golden vectors' weights.</summary>
internal static class FormulaNetwork
{
    public static EmbeddingNetwork Create(string model)
    {
        EmbeddingNetwork network = new(Architectures.Find(model)!);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        foreach ((string name, Tensor target) in NetworkState.Of(network))
        {
            target.copy_(tensor(FormulaWeights.Values(name, target.shape)).reshape(target.shape));
        }

        network.eval();
        return network;
    }

    public static (float[] Pooled, float[] Embedding) Run(EmbeddingNetwork network, string input, long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        Tensor pooled = network.Pool(tensor(FormulaWeights.Input(input, shape)).reshape(shape));
        return (pooled.data<float>().ToArray(), network.Neck(pooled).data<float>().ToArray());
    }
}
