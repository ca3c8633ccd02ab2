namespace OrleansGallery.Inference;

/// <summary>Something that an import understood.</summary>
/// <param name="What">Of what.</param>
/// <param name="Value">What it is.</param>
/// <param name="Source">Where that comes from: the file, an option, a preset, or an assumption.</param>
public sealed record ImportFinding(string What, string Value, string Source)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What}: {Value} ({Source})";
}
