using System.Diagnostics;
using OrleansGallery.Imaging;
using TorchSharp;

namespace OrleansGallery.Inference.Serving;

/// <summary>Chooses the precision of a model where none is set.</summary>
internal static class PrecisionTrial
{
    // So much faster that the answer is the same on every start.
    private const double Gain = 1.25;
    private const int Rounds = 5;
    private const int Batch = 2;

    /// <summary>Loads a model in the precision that suits it and the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="load">Loads the model in a precision.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    public static NetworkModel Choose(torch.Device device, Func<ModelPrecision, NetworkModel> load)
    {
        if (device.type == DeviceType.CPU)
        {
            NetworkModel plain = load(ModelPrecision.Float32);
            return PrecisionSupport.HasBFloat16(ProcessorFlags.OfThisMachine)
                ? Keep(plain, load(ModelPrecision.BFloat16), IsFaster)
                : plain;
        }

        NetworkModel half = load(ModelPrecision.Float16);
        return GreyImage.Flaw(half) is null ? half : Keep(half, load(ModelPrecision.Float32), (_, _) => true);
    }

    private static NetworkModel Keep(
        NetworkModel one, NetworkModel other, Func<NetworkModel, NetworkModel, bool> otherIsBetter)
    {
        bool changed = GreyImage.Flaw(other) is null && otherIsBetter(one, other);
        (changed ? one : other).Dispose();
        return changed ? other : one;
    }

    // In turn, and the best of each: on a busy machine the others measure the neighbours.
    private static bool IsFaster(NetworkModel plain, NetworkModel half)
    {
        PixelImage[] images = [.. Enumerable.Repeat(GreyImage.Of(plain.Description), Batch)];
        (TimeSpan Plain, TimeSpan Half) best = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            best = (Shorter(best.Plain, Time(plain, images)), Shorter(best.Half, Time(half, images)));
        }

        return best.Plain > best.Half * Gain;
    }

    private static TimeSpan Time(NetworkModel model, PixelImage[] images)
    {
        long started = Stopwatch.GetTimestamp();
        model.Embed(images);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
