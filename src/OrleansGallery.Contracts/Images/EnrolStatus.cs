namespace OrleansGallery.Contracts;

/// <summary>What became of one image.</summary>
public enum EnrolStatus
{
    /// <summary>Durable, counted once, and found by every search that starts from now on.</summary>
    Searchable,

    /// <summary>
    /// Durable and counted, but the identity's images cancel to a zero sum, which has no direction to find.
    /// </summary>
    Stored,

    /// <summary>The same id with the same content was enrolled before; nothing changed.</summary>
    Duplicate,

    /// <summary>The same id is enrolled with other content; nothing changed.</summary>
    Conflict,

    /// <summary>Refused; <c>error</c> says why. Nothing changed.</summary>
    Rejected,
}
