namespace OrleansGallery.Onnx;

/// <summary>What a graph gave for a batch.</summary>
/// <param name="Numbers">The numbers, row-major.</param>
/// <param name="Shape">Its lengths, the batch first.</param>
public sealed record OnnxResult(float[] Numbers, IReadOnlyList<long> Shape);
