namespace OrleansGallery.Offline;

/// <summary>Images with their identities, in a fixed order: for training, or to search with or in.</summary>
public sealed record ImageSet
{
    /// <summary>What to call it in messages.</summary>
    public required string Name { get; init; }

    /// <summary>The images.</summary>
    public required IReadOnlyList<DataImage> Images { get; init; }

    /// <summary>Where their bytes come from; shared by the splits of a data set.</summary>
    public required IImageFiles Files { get; init; }

    /// <summary>Identities that are there in name only: a folder without images.</summary>
    public IReadOnlyList<string> EmptyIdentities { get; init; } = [];

    /// <summary>Files that are no images of this set, with the reason: wrong names, junk.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>What was passed over without a look, in words: hidden files, links; null where nothing was.</summary>
    public string? PassedOver { get; init; }

    /// <summary>
    /// The identities in order of first appearance, each with its images' places in <see cref="Images"/>.
    /// </summary>
    /// <returns>Names and places.</returns>
    public IReadOnlyList<(string Identity, int[] Places)> ByIdentity() => [.. Images.Index()
        .GroupBy(item => item.Item.Identity, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Select(item => item.Index).ToArray()))];
}
