using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using BatchNorm = OrleansGallery.Inference.Networks.BatchNorm;

namespace OrleansGallery.Inference.Serving;

/// <summary>
/// Brings a network into the form in which it serves: each batch normalisation that follows a convolution becomes part
/// of it, the pixels' scale becomes part of the first convolution, convolutions get the precision and channels-last
/// weights. Pooling and all that comes after it stay float32. Nothing can be trained or saved
/// afterwards.
/// </summary>
internal static class ServingForm
{
    /// <summary>Changes a network for good.</summary>
    /// <param name="network">On the CPU, in evaluation mode.</param>
    /// <param name="normalization">What its input is normalised by; <see cref="PixelShift"/> is what is left of
    /// it.</param>
    /// <param name="precision">Of the convolutions.</param>
    /// <param name="device">Where the network goes.</param>
    public static void Apply(
        EmbeddingNetwork network, Normalization normalization, ScalarType precision, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        Fold(network);
        Convolution[] convolutions = [.. network.modules().OfType<Convolution>()];
        TakeScale(convolutions[0], normalization);
        foreach (Convolution convolution in convolutions)
        {
            Set(convolution, ChannelsLast(convolution.weight.to(precision)), convolution.bias?.to(precision));
        }

        network.to(device);
    }

    /// <summary>What is added to pixels of 0 to 255 before the first convolution: minus the mean, for every pixel, so
    /// that a batch is walked through in one go.</summary>
    /// <returns>[1, 3, H, W], channels last; the caller disposes of it.</returns>
    public static Tensor PixelShift(Normalization normalization, int height, int width, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] shift = [.. normalization.Mean.Select(mean => -255f * mean)];
        return tensor(shift).expand(1, height, width, 3).contiguous().permute(0, 3, 1, 2).to(device)
            .MoveToOuterDisposeScope();
    }

    // Registered in the order in which they are applied, so a normalisation's layer is the one before it.
    private static void Fold(nn.Module module)
    {
        nn.Module? before = null;
        foreach (nn.Module child in module.children())
        {
            if (child is BatchNorm norm && before is Convolution convolution)
            {
                (Tensor scale, Tensor shift) = norm.Leave();
                Set(
                    convolution,
                    (convolution.weight.to(ScalarType.Float64) * scale.view(-1, 1, 1, 1)).to(ScalarType.Float32),
                    Moved(convolution.bias, scale, shift));
            }
            else
            {
                Fold(child);
            }

            before = child;
        }
    }

    private static Tensor Moved(Tensor? bias, Tensor scale, Tensor shift) =>
        (bias is null ? shift : shift.Plus(bias.to(ScalarType.Float64) * scale)).to(ScalarType.Float32);

    // Zero padding stays zero: only the factor can go into the weights, not the shift.
    private static void TakeScale(Convolution first, Normalization normalization)
    {
        double[] scale = [.. normalization.Std.Select(deviation => 1 / (255.0 * deviation))];
        Set(
            first,
            (first.weight.to(ScalarType.Float64) * tensor(scale).view(1, -1, 1, 1)).to(ScalarType.Float32),
            first.bias);
    }

    private static void Set(Convolution convolution, Tensor weight, Tensor? bias)
    {
        convolution.weight = Frozen(weight);
        if (bias is not null)
        {
            convolution.bias = Frozen(bias);
        }
    }

    private static Parameter Frozen(Tensor value) => new(value.detach().clone(), requires_grad: false);

    private static Tensor ChannelsLast(Tensor weight) =>
        weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
