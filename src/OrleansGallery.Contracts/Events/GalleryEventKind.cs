namespace OrleansGallery.Contracts;

/// <summary>What an event of a gallery's feed says.</summary>
public enum GalleryEventKind
{
    /// <summary>There is a new identity; it may have changed since.</summary>
    Founded,

    /// <summary>An identity has other images or attributes than before.</summary>
    Changed,

    /// <summary>An identity is gone; only the digest of its id is left.</summary>
    Removed,

    /// <summary>Removals may be missing before this event: the position was too old, or is none of the store that is
    /// there now, which then tells all of a partition's identities anew. Compare with the list of identities.</summary>
    Reset,

    /// <summary>The stream ends; the error says why, and whether to connect again.</summary>
    End,
}
