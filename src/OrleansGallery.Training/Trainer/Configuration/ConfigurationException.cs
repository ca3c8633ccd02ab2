namespace OrleansGallery.Training;

/// <summary>A training configuration cannot be used; every error is listed.</summary>
/// <param name="file">The file.</param>
/// <param name="errors">What is wrong, one by one.</param>
public sealed class ConfigurationException(string file, IReadOnlyList<string> errors)
    : Exception($"Training configuration '{file}': {string.Join(" ", errors)}")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>What is wrong, one by one.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
