namespace OrleansGallery.Offline;

/// <summary>How an image's path says whose it is.</summary>
public enum IdentityRule
{
    /// <summary>By the first folder below the root of all images.</summary>
    Folder,

    /// <summary>
    /// By the path before its last underscore, without extension: <c>/p/my_item_2_01.jpg</c> is <c>/p/my_item_2</c>'s.
    /// </summary>
    Prefix,

    /// <summary>The path is the identity itself, as in a file of centroids.</summary>
    Name,
}
