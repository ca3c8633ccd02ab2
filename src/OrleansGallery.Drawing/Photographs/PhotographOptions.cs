namespace OrleansGallery.Drawing;

/// <summary>
/// Training without labels: every crop of a photograph is an identity, its views are drawn anew each time. Where half
/// of the views show the crop as an object on something else, and half as a plain part of it.
/// </summary>
public sealed record PhotographOptions
{
    /// <summary>Folders of photographs, searched deeply. Default: none.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Folders of objects cut out, as PNG files with alpha. Default: none.</summary>
    public IReadOnlyList<string> CutoutFolders { get; init; } = [];

    /// <summary>
    /// Folders of photographs that are only tested: views of their crops are searched. Default: none.
    /// </summary>
    public IReadOnlyList<string> TestFolders { get; init; } = [];

    /// <summary>
    /// Share of the identities drawn that are products of the rendered catalogue (<c>data.seed</c>, <c>products</c>,
    /// <c>views</c>, <c>imageSide</c> and <c>familyShare</c>) instead of crops. Default: 0.
    /// </summary>
    public double CatalogueShare { get; init; }

    /// <summary>Side of the crops kept, in pixels; the input's side is below it. Default: 160.</summary>
    public int CropSide { get; init; } = 160;

    /// <summary>
    /// Crops tried per photograph at most: one for each area of a crop, since many crops of a small photograph
    /// would be one identity under several names. Those without structure are rejected. Default: 250.
    /// </summary>
    public int CropsPerPhotograph { get; init; } = 250;

    /// <summary>Cut-outs' share of the identities drawn. Default: 0.15.</summary>
    public double CutoutShare { get; init; } = 0.15;

    /// <summary>
    /// Every how manieth photograph is not trained on but tested: no crop of it is ever seen. 0 for none. Default: 10.
    /// </summary>
    public int TestEvery { get; init; } = 10;

    /// <summary>Views per test crop; data.galleryImages of them are enrolled. Default: 8.</summary>
    public int TestViews { get; init; } = 8;

    /// <summary>Test crops at most, as many of each photograph. Default: 500.</summary>
    public int MaxTestCrops { get; init; } = 500;
}
