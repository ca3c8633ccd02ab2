namespace OrleansGallery.Onnx;

/// <summary>One step of a graph.</summary>
/// <param name="Operator">What it does, for example <c>Conv</c>.</param>
/// <param name="Domain">Whose operator; empty: ONNX's own.</param>
/// <param name="HasGraph">Whether it runs a graph of its own: a loop or a branch.</param>
public sealed record OnnxNode(string Operator, string Domain, bool HasGraph);
