namespace OrleansGallery.Contracts;

/// <summary>A partition on its way from one silo to another.</summary>
public sealed record ClusterMove
{
    /// <summary>The gallery's name.</summary>
    public required string Gallery { get; init; }

    /// <summary>The partition, from 0.</summary>
    public required int Partition { get; init; }

    /// <summary>The silo that has it.</summary>
    public required string From { get; init; }

    /// <summary>The silo that will have it.</summary>
    public required string To { get; init; }
}
