namespace OrleansGallery.Storage;

/// <summary>Which of a picture's files.</summary>
public enum PictureKind
{
    /// <summary>The small one.</summary>
    Thumbnail,

    /// <summary>The one that came.</summary>
    Original,
}
