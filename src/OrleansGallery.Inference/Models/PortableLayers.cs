using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Inference.Models;

/// <summary>
/// A network's layers in plain C#, with every sum taken in one fixed order and no fused multiply-add: the same bits on
/// every machine, which Torch's kernels do not promise. Lanes run over output channels, so a vector's width changes
/// nothing.
/// </summary>
internal static class PortableLayers
{
    private const int Block = 32; // Output channels at a time: four vectors of eight.

    /// <summary>A convolution without bias.</summary>
    /// <param name="input">The map.</param>
    /// <param name="weights">[output, input, kernel, kernel], as checkpoints have them.</param>
    /// <param name="output">Channels out, a multiple of 32.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Stride.</param>
    /// <param name="padding">Zeros around the map.</param>
    /// <returns>The new map.</returns>
    public static PortableMap Convolve(
        PortableMap input, float[] weights, int output, int kernel, int stride, int padding)
    {
        PortableMap result = new(((input.Side + (2 * padding) - kernel) / stride) + 1, output);
        for (int block = 0; block < output; block += Block)
        {
            // [ky, kx, input, 32]
            float[] packed = Pack(weights, block, input.Channels, kernel);
            for (int y = 0; y < result.Side; y++)
            {
                for (int x = 0; x < result.Side; x++)
                {
                    Span<float> target = result.Values.AsSpan((((y * result.Side) + x) * output) + block, Block);
                    Pixel(input, packed, kernel, (y * stride) - padding, (x * stride) - padding, target);
                }
            }
        }

        return result;
    }

    /// <summary>The largest of 3x3 neighbours, stride 2, as in the stem.</summary>
    /// <param name="input">The map.</param>
    /// <returns>The new map.</returns>
    public static PortableMap MaxPool(PortableMap input)
    {
        PortableMap result = new(((input.Side - 1) / 2) + 1, input.Channels);
        Array.Fill(result.Values, float.NegativeInfinity);
        Gather(input, result, 3, 2, 1, MathF.Max);
        return result;
    }

    /// <summary>The mean of 2x2 neighbours, stride 2, as in the shortcut.</summary>
    /// <param name="input">The map, its side even.</param>
    /// <returns>The new map.</returns>
    public static PortableMap AveragePool(PortableMap input)
    {
        PortableMap result = new(input.Side / 2, input.Channels);
        Gather(input, result, 2, 2, 0, static (sum, value) => sum + (value * 0.25f));
        return result;
    }

    private static float[] Pack(float[] weights, int block, int input, int kernel)
    {
        int area = kernel * kernel;
        float[] packed = new float[area * input * Block];
        for (int i = 0; i < packed.Length; i++)
        {
            int channel = (i / Block) % input;
            int tap = i / (Block * input);
            packed[i] = weights[((((block + (i % Block)) * input) + channel) * area) + tap];
        }

        return packed;
    }

    private static void Pixel(
        PortableMap input, float[] packed, int kernel, int top, int left, Span<float> target)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (int ky = Math.Max(0, -top); ky < kernel && top + ky < input.Side; ky++)
        {
            for (int kx = Math.Max(0, -left); kx < kernel && left + kx < input.Side; kx++)
            {
                ReadOnlySpan<float> pixel = input.Values.AsSpan(
                    (((top + ky) * input.Side) + left + kx) * input.Channels, input.Channels);
                ReadOnlySpan<Vector256<float>> taps = MemoryMarshal.Cast<float, Vector256<float>>(
                    packed.AsSpan(((ky * kernel) + kx) * input.Channels * Block, input.Channels * Block));
                for (int i = 0; i < pixel.Length; i++)
                {
                    Vector256<float> value = Vector256.Create(pixel[i]);
                    a += value * taps[i * 4];
                    b += value * taps[(i * 4) + 1];
                    c += value * taps[(i * 4) + 2];
                    d += value * taps[(i * 4) + 3];
                }
            }
        }

        a.CopyTo(target);
        b.CopyTo(target[8..]);
        c.CopyTo(target[16..]);
        d.CopyTo(target[24..]);
    }

    private static void Gather(
        PortableMap input, PortableMap result, int window, int stride, int padding, Func<float, float, float> fold)
    {
        int channels = input.Channels;
        for (int i = 0; i < result.Values.Length; i++)
        {
            int channel = i % channels;
            int top = (i / channels / result.Side * stride) - padding;
            int left = (i / channels % result.Side * stride) - padding;
            for (int y = Math.Max(0, top); y < top + window && y < input.Side; y++)
            {
                for (int x = Math.Max(0, left); x < left + window && x < input.Side; x++)
                {
                    result.Values[i] = fold(
                        result.Values[i], input.Values[(((y * input.Side) + x) * channels) + channel]);
                }
            }
        }
    }
}
