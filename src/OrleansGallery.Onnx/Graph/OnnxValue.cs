namespace OrleansGallery.Onnx;

/// <summary>What goes into a graph, or comes out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">Its element type; null where it is no tensor.</param>
/// <param name="Shape">Its axes; null where nothing is said of them.</param>
public sealed record OnnxValue(string Name, OnnxElement? Element, IReadOnlyList<OnnxAxis>? Shape)
{
    /// <summary>Type and axes in words, for example <c>F32 [batch, 3, 224, 224]</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString() =>
        $"'{Name}' ({Element?.ToString() ?? "no tensor"}"
        + $"{(Shape is null ? string.Empty : $" [{string.Join(", ", Shape)}]")})";
}
