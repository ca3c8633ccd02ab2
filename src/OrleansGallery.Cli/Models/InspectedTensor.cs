using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Cli;

/// <summary>One tensor with a checksum to compare with another program's.</summary>
internal sealed record InspectedTensor
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required IReadOnlyList<long> Shape { get; init; }

    public required double? Sum { get; init; }

    /// <summary>Sum of magnitudes; null, as the sum, where there is NaN or infinity, which JSON has not.</summary>
    public required double? AbsSum { get; init; }

    public static InspectedTensor Of(CheckpointFile file, CheckpointTensor tensor)
    {
        double sum = 0;
        double absolute = 0;
        foreach (float value in file.ReadSingles(tensor))
        {
            sum += value;
            absolute += Math.Abs((double)value);
        }

        return new InspectedTensor
        {
            Name = tensor.Name,
            Type = tensor.Type.ToString(),
            Shape = tensor.Shape,
            Sum = double.IsFinite(sum) ? sum : null,
            AbsSum = double.IsFinite(absolute) ? absolute : null,
        };
    }
}
