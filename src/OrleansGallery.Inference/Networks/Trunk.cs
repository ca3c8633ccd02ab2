using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>A network without classifier: image to feature map, and feature map to features.</summary>
/// <param name="name">The module's name.</param>
public abstract class Trunk(string name) : Module<Tensor, Tensor>(Loaded(name))
{
    /// <summary>Global average pooling, and the layers that follow it in the trunk, if any.</summary>
    /// <param name="map">[B, C, h, w].</param>
    /// <returns>[B, D].</returns>
    public virtual Tensor Pool(Tensor map)
    {
        using DisposeScope scope = NewDisposeScope();
        return functional.adaptive_avg_pool2d(map, [1, 1]).flatten(1).MoveToOuterDisposeScope();
    }

    private static string Loaded(string name)
    {
        TorchRuntime.EnsureLoaded();
        return name;
    }
}
