using System.Runtime.CompilerServices;
using OrleansGallery.Inference;
using Xunit.Sdk;
using Xunit.v3;

// Torch takes all cores for one forward pass; classes side by side would only wait for each other.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace OrleansGallery.TorchTests;

internal static class TorchAssembly
{
#pragma warning disable CA2255 // Tests use TorchSharp directly, so it must load before the first of them.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load() => TorchRuntime.Threads = Math.Min(2, Environment.ProcessorCount);
}
