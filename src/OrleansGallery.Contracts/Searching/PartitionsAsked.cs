namespace OrleansGallery.Contracts;

/// <summary>How many partitions a search asked, and how many answered in time.</summary>
public sealed record PartitionsAsked
{
    /// <summary>All partitions of the gallery.</summary>
    public required int Asked { get; init; }

    /// <summary>Those that answered.</summary>
    public required int Answered { get; init; }

    /// <summary>The numbers of those that did not, from 0.</summary>
    public required IReadOnlyList<int> Missing { get; init; }
}
