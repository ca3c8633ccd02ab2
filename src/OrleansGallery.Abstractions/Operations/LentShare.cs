namespace OrleansGallery.Abstractions;

/// <summary>A partition's share of a commit that another partition makes: as whose and where it stands, and what it
/// holds afterwards.</summary>
[GenerateSerializer, Immutable, Alias("gallery.LentShare")]
public sealed record LentShare
{
    /// <summary>The partition, from 0.</summary>
    [Id(0)]
    public required int Partition { get; init; }

    /// <summary>Its owner in the store.</summary>
    [Id(1)]
    public required Guid Owner { get; init; }

    /// <summary>The epoch at which that owns it.</summary>
    [Id(2)]
    public required long Epoch { get; init; }

    /// <summary>Its last commit.</summary>
    [Id(3)]
    public required long Sequence { get; init; }

    /// <summary>Identities after the commit.</summary>
    [Id(4)]
    public required long Identities { get; init; }

    /// <summary>Images after the commit.</summary>
    [Id(5)]
    public required long Images { get; init; }

    /// <summary>Searchable centroids after the commit.</summary>
    [Id(6)]
    public required long Rows { get; init; }

    /// <summary>The partition's hash after the commit, 32 little-endian bytes.</summary>
    [Id(7)]
    public required byte[] Hash { get; init; }
}
