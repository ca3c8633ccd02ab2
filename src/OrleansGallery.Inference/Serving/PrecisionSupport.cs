using TorchSharp;

namespace OrleansGallery.Inference.Serving;

/// <summary>Which precisions a device computes. What it would only imitate, slowly, is refused.</summary>
internal static class PrecisionSupport
{
    // Torch hands half precision to oneDNN where the processor has these; otherwise it loops.
    private static readonly string[] BFloat16Flags = ["avx512_bf16", "amx_bf16", "bf16"];
    private static readonly string[] Float16Flags = ["avx512_fp16", "amx_fp16", "asimdhp"];

    /// <summary>Refuses a precision that a device lacks.</summary>
    /// <param name="precision">Any but <see cref="ModelPrecision.Auto"/>.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="TorchRuntimeException">The device lacks it.</exception>
    public static void Require(ModelPrecision precision, torch.Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            RequireOfProcessor(precision, ProcessorFlags.OfThisMachine);
        }
    }

    /// <summary>Whether a processor computes bfloat16 by itself.</summary>
    /// <param name="flags">What it says it can.</param>
    /// <returns>True where it does.</returns>
    public static bool HasBFloat16(IReadOnlySet<string> flags) => BFloat16Flags.Any(flags.Contains);

    internal static void RequireOfProcessor(ModelPrecision precision, IReadOnlySet<string> flags)
    {
        string[] needed = precision switch
        {
            ModelPrecision.BFloat16 => BFloat16Flags,
            ModelPrecision.Float16 => Float16Flags,
            _ => [],
        };
        if (needed.Length > 0 && !needed.Any(flags.Contains))
        {
            throw new TorchRuntimeException(flags.Count == 0
                ? $"Whether this processor computes {PrecisionName.Of(precision)} is not known "
                    + $"({ProcessorFlags.Source} does not tell). Set Server:Precision to float32 or auto, or use "
                    + "a CUDA device."
                : $"This processor does not compute {PrecisionName.Of(precision)} (it has none of "
                    + $"{string.Join(", ", needed)}). Set Server:Precision to float32 or auto, or use a CUDA device.");
        }
    }
}
