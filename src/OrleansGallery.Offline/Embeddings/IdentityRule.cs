namespace OrleansGallery.Offline;

/// <summary>How an image's path says whose it is.</summary>
public enum IdentityRule
{
    /// <summary>By the name of the folder that the file is in.</summary>
    Folder,

    /// <summary>
    /// By the path before its last underscore, without extension: <c>/p/my_item_2_01.jpg</c> is <c>/p/my_item_2</c>'s.
    /// </summary>
    Prefix,
}
