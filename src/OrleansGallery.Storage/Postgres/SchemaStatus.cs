namespace OrleansGallery.Storage;

/// <summary>A schema of the database, and what this program thinks of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Found">The version that is there; 0: none.</param>
/// <param name="Known">The version that this program knows.</param>
public sealed record SchemaStatus(string Name, int Found, int Known)
{
    /// <summary>Why this program cannot work with it.</summary>
    /// <returns>The refusal; null: it can.</returns>
    public StoreSchemaException? FindRefusal() =>
        Found == Known ? null : new StoreSchemaException(Name, Found, Known);
}
