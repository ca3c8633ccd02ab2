namespace OrleansGallery.Offline;

/// <summary>How a data set is converted.</summary>
public sealed record ConversionOptions
{
    /// <summary>Where it goes.</summary>
    public required string Folder { get; init; }

    /// <summary>The share, 0 to 1, of the query images, of the gallery images and of the train images of either source
    /// that may be missing or unreadable. Default: 0.05.</summary>
    public double MaxUnreadable { get; init; } = UnreadableImages.Limit;

    /// <summary>Width in pixels of images that are made. Default: 320.</summary>
    public int Width { get; init; } = 320;

    /// <summary>Height in pixels of images that are made. Default: 320.</summary>
    public int Height { get; init; } = 320;

    /// <summary>
    /// DeepFashion: whether boxes are cut as the published script does, which takes a box's right and lower end for its
    /// width and height: too large, cut off at the image's border. Default: false.
    /// </summary>
    public bool ReferenceCompatible { get; init; }

    /// <summary>Street2Shop: the photos' folder. Default: null, images or photos below the download's.</summary>
    public string? Photos { get; init; }

    /// <summary>Called with the images done and all of them; never by two threads at once.</summary>
    public Action<int, int> OnProgress { get; init; } = (_, _) => { };
}
