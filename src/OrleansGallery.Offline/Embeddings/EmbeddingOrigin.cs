using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>
/// Which model made a set of embeddings: <c>embeddings.json</c> beside them, so that queries get the same.
/// </summary>
public sealed record EmbeddingOrigin
{
    private const string FileName = "embeddings.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>What named the model when the set was made: <c>default</c>, an id or a file.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Numbers per vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>What the model computed with, for example <c>float32</c>; null: a version of this program made the set
    /// that did not say.</summary>
    public string? Precision { get; init; }

    /// <summary>Where the model ran, for example <c>cuda:0</c>; null likewise.</summary>
    public string? Device { get; init; }

    /// <summary>Images embedded.</summary>
    public required int Images { get; init; }

    /// <summary>The folder whose folders are the identities, as the paths begin; null: a single file was
    /// embedded.</summary>
    public string? Root { get; init; }

    /// <summary>The rule of the identities where the set is of centroids, else null.</summary>
    public string? Centroids { get; init; }

    /// <summary>Writes the file.</summary>
    /// <param name="folder">The set's folder.</param>
    public void Write(string folder) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format));

    /// <summary>Reads the file.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <returns>What it says; null where it is missing, as beside the paper's own arrays, or of another kind.</returns>
    public static EmbeddingOrigin? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<EmbeddingOrigin>(File.ReadAllText(path), Format)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
