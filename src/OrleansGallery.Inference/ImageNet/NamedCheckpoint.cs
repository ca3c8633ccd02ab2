using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.ImageNet;

/// <summary>A checkpoint in memory, as it reads once its tensors have the names of a network.</summary>
internal sealed class NamedCheckpoint(
    string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    : CheckpointFile(
        path,
        CheckpointFormat.Onnx,
        [.. tensors.Select(
            tensor => new CheckpointTensor { Name = tensor.Name, Type = tensor.Type, Shape = tensor.Shape })],
        metadata)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _data =
        tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Data, StringComparer.Ordinal);

    private protected override void ReadInto(CheckpointTensor tensor, Span<byte> destination) =>
        _data[tensor.Name].Span.CopyTo(destination);

    private protected override void Close()
    {
    }
}
