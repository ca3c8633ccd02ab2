namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A safetensors file as a checkpoint.</summary>
internal sealed class SafetensorsCheckpoint(SafetensorsFile file) : CheckpointFile(
    file.Path,
    CheckpointFormat.Safetensors,
    [.. file.Entries.Select(
        entry => new CheckpointTensor { Name = entry.Name, Type = entry.Type, Shape = entry.Shape })],
    file.Metadata)
{
    /// <inheritdoc/>
    public override string Sha256() => file.Sha256();

    private protected override void ReadInto(CheckpointTensor tensor, Span<byte> destination) =>
        file.Read(file.Find(tensor.Name)!, destination);

    private protected override void Close() => file.Dispose();
}
