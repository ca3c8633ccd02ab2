namespace OrleansGallery.Contracts;

/// <summary>What a gallery keeps of the images that it is sent, to be looked at.</summary>
public enum PictureKeep
{
    /// <summary>Nothing: an image is its embedding.</summary>
    None,

    /// <summary>A small picture of each image.</summary>
    Thumbnail,

    /// <summary>A small picture of each image, and its file as it came.</summary>
    Original,
}
