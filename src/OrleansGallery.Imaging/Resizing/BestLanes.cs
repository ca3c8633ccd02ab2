using System.Runtime.Intrinsics;

namespace OrleansGallery.Imaging;

/// <summary>The widest form of the kernels that this processor has in hardware.</summary>
internal static class BestLanes
{
    public static Lanes Here { get; } =
        !BitConverter.IsLittleEndian ? Lanes.Scalar // The kernels take weights in pairs from memory.
        : Vector256.IsHardwareAccelerated ? Lanes.Vector256
        : Vector128.IsHardwareAccelerated ? Lanes.Vector128
        : Lanes.Scalar;
}
