namespace OrleansGallery.Testing;

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("gallery-test-").FullName;

    /// <summary>A path in it.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>The path.</returns>
    public string File(string name) => Path.Combine(Root, name);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
