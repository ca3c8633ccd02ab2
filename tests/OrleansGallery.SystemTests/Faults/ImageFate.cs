namespace OrleansGallery.SystemTests.Faults;

/// <summary>What a client knows of an image that it sent.</summary>
internal enum ImageFate
{
    /// <summary>Never sent, or removed and acknowledged.</summary>
    None,

    /// <summary>Enrolled and acknowledged.</summary>
    Enrolled,

    /// <summary>A request about it was not answered.</summary>
    Unknown,
}
