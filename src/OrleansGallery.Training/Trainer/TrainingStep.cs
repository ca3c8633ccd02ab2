using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>One forward pass, one backward pass, one step of the optimisers.</summary>
internal sealed class TrainingStep(TrainingModel model, TrainingOptions options)
{
    private readonly bool _mixed = options.Runtime.MixedPrecision == MixedPrecisionKind.Always
        || (options.Runtime.MixedPrecision == MixedPrecisionKind.Cuda && model.Device.type == DeviceType.CUDA);

    /// <summary>Trains on a batch; a loss that is no number leaves the weights as they are.</summary>
    /// <param name="images">[P * K, 3, H, W] on the CPU.</param>
    /// <param name="rows">What the rows are.</param>
    /// <param name="learningRate">The rate in force.</param>
    /// <param name="record">Takes the loss's parts; its other fields are filled in already.</param>
    /// <returns>The figures; their total may be NaN or infinite.</returns>
    public StepRecord Run(Tensor images, BatchRows rows, double learningRate, StepRecord record)
    {
        using DisposeScope scope = NewDisposeScope();
        model.Adam.ZeroGradients();
        model.Centers.ZeroGradients();
        LossTerms terms = model.Objective.Compute(Pool(Placed(images)), model.Network.Neck, rows);
        float?[] values = Read(
            terms.Total, terms.CrossEntropy, terms.Triplet, terms.Center, terms.CentroidTriplet, terms.Positive,
            terms.Negative, terms.CentroidNorm, terms.CentroidCrossEntropy);
        record = record with
        {
            Total = values[0]!.Value,
            CrossEntropy = values[1],
            Triplet = values[2],
            Center = values[3],
            CentroidTriplet = values[4],
            Positive = values[5],
            Negative = values[6],
            CentroidNorm = values[7],
            CentroidCrossEntropy = values[8],
        };
        if (double.IsFinite(record.Total))
        {
            terms.Total.backward();
            model.Adam.Step(learningRate);
            model.Centers.Step();
            model.UpdateAverage();
        }

        return record;
    }

    // One copy from the device for all of them.
    private static float?[] Read(params Tensor?[] terms)
    {
        Tensor[] present = [.. terms.OfType<Tensor>().Select(term => term.detach().cpu())];
        float[] values = MemoryMarshal.Cast<byte, float>(stack(present).contiguous().bytes).ToArray();
        int next = 0;
        return [.. terms.Select(term => term is null ? (float?)null : values[next++])];
    }

    // [N, 3, H, W] in either order of memory.
    private Tensor Placed(Tensor images)
    {
        Tensor placed = images.to(model.Device);
        return options.Runtime.ChannelsLast
            ? placed.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
            : placed;
    }

    // The losses stay in float32: their squares and differences do not survive bfloat16.
    private Tensor Pool(Tensor images)
    {
        if (!_mixed)
        {
            return model.Network.Pool(images);
        }

        using Autocast autocast = Autocast.Enter(model.Device.type);
        return model.Network.Pool(images).to(ScalarType.Float32);
    }
}
