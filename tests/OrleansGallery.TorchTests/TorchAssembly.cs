using System.Runtime.CompilerServices;
using OrleansGallery.Inference;
using Xunit.Sdk;
using Xunit.v3;

// Forward passes are what takes the time; classes side by side would only take each other's cores and memory.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace OrleansGallery.TorchTests;

internal static class TorchAssembly
{
#pragma warning disable CA2255 // Tests use TorchSharp directly, so it must load before the first of them.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load() => TorchRuntime.Threads = 1; // Threads that share busy cores spend their time spinning.
}
