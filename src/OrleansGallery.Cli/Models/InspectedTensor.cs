using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Cli;

/// <summary>One tensor with a checksum to compare with another program's.</summary>
internal sealed record InspectedTensor
{
    public required string Name { get; init; }

    public required SafetensorsType Type { get; init; }

    public required IReadOnlyList<long> Shape { get; init; }

    public required double Sum { get; init; }

    public required double AbsSum { get; init; }

    public static InspectedTensor Of(CheckpointFile file, CheckpointTensor tensor)
    {
        double sum = 0;
        double absolute = 0;
        foreach (float value in file.ReadSingles(tensor))
        {
            sum += value;
            absolute += Math.Abs((double)value);
        }

        // JSON has no NaN or infinity.
        return new InspectedTensor
        {
            Name = tensor.Name,
            Type = tensor.Type,
            Shape = tensor.Shape,
            Sum = double.IsFinite(sum) ? sum : 0,
            AbsSum = double.IsFinite(absolute) ? absolute : -1,
        };
    }
}
