namespace OrleansGallery.Abstractions;

/// <summary>Asks a partition what changed.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ChangesRequest")]
public sealed record ChangesRequest
{
    /// <summary>Stands for the partition's present sequence.</summary>
    public const long Now = -1;

    /// <summary>Changes after this sequence; 0: all identities that are there; <see cref="Now"/>: none, only where the
    /// partition stands is asked.</summary>
    [Id(0)]
    public required long After { get; init; }

    /// <summary>About so many changes are looked at; those of one commit stay together.</summary>
    [Id(1)]
    public required int Limit { get; init; }

    /// <summary>How long to wait for a change; at most 10 seconds.</summary>
    [Id(2)]
    public required TimeSpan Wait { get; init; }

    /// <summary>Which changes.</summary>
    [Id(3)]
    public required ChangesFilter Filter { get; init; }
}
