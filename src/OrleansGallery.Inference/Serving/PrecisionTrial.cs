using System.Diagnostics;
using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using TorchSharp;

namespace OrleansGallery.Inference.Serving;

/// <summary>Chooses the precision of a model where none is set.</summary>
internal static class PrecisionTrial
{
    // So much faster that the answer is the same on every start.
    private const double Gain = 1.25;
    private const int Rounds = 3;

    /// <summary>Loads a model in the precision that suits it and the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="load">Loads the model in a precision.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    public static NetworkModel Choose(torch.Device device, Func<ModelPrecision, NetworkModel> load) =>
        device.type != DeviceType.CPU ? ChooseOnGpu(load, GreyImage.Flaw)
        : PrecisionSupport.HasBFloat16(ProcessorFlags.OfThisMachine)
            ? ChooseOnProcessor(load, (plain, half) => GreyImage.Flaw(half) is null && IsFaster(plain, half))
            : load(ModelPrecision.Float32);

    /// <summary>float32, unless bfloat16 is better; a bfloat16 that fails is not.</summary>
    internal static T ChooseOnProcessor<T>(Func<ModelPrecision, T> load, Func<T, T, bool> isBetter)
        where T : class, IDisposable
    {
        T plain = load(ModelPrecision.Float32);
        T? half = null;
        bool isHalf = false;
        try
        {
            half = load(ModelPrecision.BFloat16);
            isHalf = isBetter(plain, half);
        }
        catch (Exception exception) when (IsOfCandidate(exception))
        {
            isHalf = false;
        }
        catch
        {
            plain.Dispose();
            half?.Dispose();
            throw;
        }

        (isHalf ? plain : half)?.Dispose();
        return isHalf ? half! : plain;
    }

    /// <summary>float16, unless it fails or gives what is no number. Where float32 does no better it is kept, for then
    /// the weights are to blame.</summary>
    internal static T ChooseOnGpu<T>(Func<ModelPrecision, T> load, Func<T, string?> flaw)
        where T : class, IDisposable
    {
        T? half = null;
        try
        {
            half = load(ModelPrecision.Float16);
            if (flaw(half) is null)
            {
                return half;
            }
        }
        catch (Exception exception) when (IsOfCandidate(exception))
        {
        }
        catch
        {
            half?.Dispose();
            throw;
        }

        half?.Dispose();
        return load(ModelPrecision.Float32);
    }

    /// <summary>Whether the second is so much faster that it is worth another precision. They run in turn, and the best
    /// of each counts: on a busy machine the others measure the neighbours.</summary>
    /// <param name="plain">Times one batch of the first.</param>
    /// <param name="half">Times one batch of the second.</param>
    internal static bool IsFaster(Func<TimeSpan> plain, Func<TimeSpan> half)
    {
        (TimeSpan Plain, TimeSpan Half) best = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            best = (Shorter(best.Plain, plain()), Shorter(best.Half, half()));
        }

        return best.Plain > best.Half * Gain;
    }

    // A batch as it serves, of pictures that are not the same number everywhere.
    private static bool IsFaster(NetworkModel plain, NetworkModel half)
    {
        PixelImage[] images = Noise(plain.Description, plain.BatchSize);
        return IsFaster(() => Time(plain, images), () => Time(half, images));
    }

    private static bool IsOfCandidate(Exception exception) =>
        exception is EmbeddingMemoryException or ExternalException or ModelFailureException;

    private static PixelImage[] Noise(ModelDescription model, int count)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            byte[] pixels = new byte[model.InputHeight * model.InputWidth * PixelImage.Channels];
            random.NextBytes(pixels);
            return new PixelImage(model.InputWidth, model.InputHeight, pixels);
        })];
    }

    private static TimeSpan Time(NetworkModel model, PixelImage[] images)
    {
        long started = Stopwatch.GetTimestamp();
        model.Embed(images);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
