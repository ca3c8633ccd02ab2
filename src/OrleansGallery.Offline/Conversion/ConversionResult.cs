namespace OrleansGallery.Offline;

/// <summary>What a conversion left.</summary>
public sealed record ConversionResult
{
    /// <summary>The data set and how it was converted.</summary>
    public required string What { get; init; }

    /// <summary>The list that data loaders read: the train file of COCO-like ones, or a manifest.</summary>
    public required string File { get; init; }

    /// <summary>Images and identities of train, query and gallery as they can be used now.</summary>
    public required IReadOnlyList<ConvertedCount> Parts { get; init; }

    /// <summary>What the download holds, beside what its authors say.</summary>
    public required IReadOnlyList<DataSetCount> Counts { get; init; }

    /// <summary>Images that are missing or cannot be read, with the reason.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>Images that an earlier, interrupted conversion had made already.</summary>
    public required int MadeBefore { get; init; }

    /// <summary>What the user should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
