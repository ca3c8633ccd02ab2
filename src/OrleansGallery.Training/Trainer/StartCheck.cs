using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Training;

/// <summary>What a training would stumble over at its start, looked at before work that takes long.</summary>
public static class StartCheck
{
    /// <summary>Looks for the device and opens the initial checkpoint.</summary>
    /// <param name="options">The options.</param>
    /// <param name="folder">What their paths are relative to.</param>
    /// <exception cref="TorchRuntimeException">There is no such device.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or this build has no weights of its
    /// own.</exception>
    /// <exception cref="IOException">The checkpoint is not there.</exception>
    public static void Run(TrainingOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = TorchDevice.Of(options.Runtime.Device);
        if (options.Network.PathOfInitialCheckpoint(folder) is { } path)
        {
            CheckpointFile.Open(path).Dispose();
        }
    }
}
