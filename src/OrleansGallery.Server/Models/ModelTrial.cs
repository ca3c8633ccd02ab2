using System.Runtime.InteropServices;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Server;

/// <summary>What a model would run on.</summary>
public sealed record ModelTrial
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>Where it would run.</summary>
    public required string Device { get; init; }

    /// <summary>What it would compute with; null: it cannot be loaded.</summary>
    public string? Precision { get; init; }

    /// <summary>Why it cannot be loaded.</summary>
    public string? Refused { get; init; }

    /// <summary>Loads a model for a moment.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="id">The model.</param>
    /// <param name="device">As <c>Server:Device</c>, but one.</param>
    /// <param name="precision">As <c>Server:Precision</c>.</param>
    /// <returns>What became of it.</returns>
    public static ModelTrial Run(ModelStore store, string id, string device, string precision)
    {
        ArgumentNullException.ThrowIfNull(store);
        try
        {
            using EmbeddingModel model = store.Load(
                id, device, precision: PrecisionName.Find(precision) ?? ModelPrecision.Auto);
            return new ModelTrial
            {
                Model = id, Device = model.Device, Precision = PrecisionName.Of(model.Precision),
            };
        }
        catch (Exception exception) when (
            exception is CheckpointException or TorchRuntimeException or ModelFailureException
                or EmbeddingMemoryException or ExternalException)
        {
            return new ModelTrial { Model = id, Device = device, Refused = exception.Message };
        }
    }
}
