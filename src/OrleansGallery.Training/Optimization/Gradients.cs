using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>Gradients between steps.</summary>
internal static class Gradients
{
    /// <summary>Zeroes in place, so that the memory is used again.</summary>
    public static void Zero(Parameter parameter)
    {
        using Tensor? gradient = parameter.grad;
        gradient?.zero_();
    }
}
