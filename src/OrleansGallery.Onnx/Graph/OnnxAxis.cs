using System.Globalization;

namespace OrleansGallery.Onnx;

/// <summary>An axis of a graph's input or output.</summary>
/// <param name="Length">Its length; null where it may be any.</param>
/// <param name="Name">Its name, where it has one instead.</param>
public readonly record struct OnnxAxis(long? Length, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Length?.ToString(CultureInfo.InvariantCulture) ?? (string.IsNullOrEmpty(Name) ? "?" : Name);
}
