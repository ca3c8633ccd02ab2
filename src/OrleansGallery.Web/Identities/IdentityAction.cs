namespace OrleansGallery.Web;

/// <summary>What the identity page asks about before it is done.</summary>
public enum IdentityAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Another id.</summary>
    Rename,

    /// <summary>All images to another identity.</summary>
    Merge,

    /// <summary>Some images to a new identity.</summary>
    Split,

    /// <summary>The chosen images to another identity.</summary>
    Move,

    /// <summary>The identity is deleted.</summary>
    Delete,

    /// <summary>The identity is erased.</summary>
    Erase,

    /// <summary>One image is deleted.</summary>
    DeleteImage,

    /// <summary>One image is erased.</summary>
    EraseImage,
}
