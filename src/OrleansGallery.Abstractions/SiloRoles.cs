namespace OrleansGallery.Abstractions;

/// <summary>What a silo does; a silo may have several roles.</summary>
public static class SiloRoles
{
    /// <summary>Holds partitions and identities, and writes to the store.</summary>
    public const string Gallery = "gallery";

    /// <summary>Runs the model.</summary>
    public const string Embedding = "embedding";

    /// <summary>Serves HTTP.</summary>
    public const string Api = "api";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Gallery, Embedding, Api];
}
