using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Inference;

/// <summary>
/// Arithmetic of tensors with numbers, and sums of tensors, without a race. TorchSharp makes a finalisable object of
/// every number it is given (and of the 1 in a plain sum) and hands its address to native code without keeping it
/// alive: when a garbage collection falls into the call, the number is freed under it. That has stopped a training run,
/// with "Unknown scalar type", after some million calls. Here the objects live until the call is over.
/// </summary>
/// <remarks>It may go once TorchSharp keeps such objects alive:
/// https://github.com/dotnet/TorchSharp/pull/1434 is about the same objects.</remarks>
public static class TensorScalars
{
    private static readonly Scalar One = 1;

    /// <summary>Adds.</summary>
    /// <param name="left">One summand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>Adds a number.</summary>
    /// <param name="tensor">One summand.</param>
    /// <param name="value">The other.</param>
    /// <returns>The sum.</returns>
    public static Tensor Plus(this Tensor tensor, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using Scalar scalar = value;
        return tensor.add(scalar, One);
    }

    /// <summary>Adds in place.</summary>
    /// <param name="tensor">What is added to.</param>
    /// <param name="other">What is added.</param>
    /// <returns>The tensor itself.</returns>
    public static Tensor Increase(this Tensor tensor, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.add_(other, One);
    }

    /// <summary>Multiplies by a number.</summary>
    /// <param name="tensor">One factor.</param>
    /// <param name="value">The other.</param>
    /// <returns>The product.</returns>
    public static Tensor Times(this Tensor tensor, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using Scalar scalar = value;
        return tensor.mul(scalar);
    }

    /// <summary>Puts a number where a mask is true.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="value">The number.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Masked(this Tensor tensor, Tensor mask, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using Scalar scalar = value;
        return tensor.masked_fill(mask, scalar);
    }

    /// <summary>Raises what is below a number to it.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="floor">The least value.</param>
    /// <returns>A tensor of the same shape; what was raised has no gradient.</returns>
    public static Tensor AtLeast(this Tensor tensor, double floor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using Scalar scalar = floor;
        return tensor.clamp(scalar, null);
    }

    /// <summary>Keeps values between two numbers.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="floor">The least value.</param>
    /// <param name="ceiling">The largest.</param>
    /// <returns>A tensor of the same shape; what was changed has no gradient.</returns>
    public static Tensor Within(this Tensor tensor, double floor, double ceiling)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using Scalar low = floor;
        using Scalar high = ceiling;
        return tensor.clamp(low, high);
    }
}
