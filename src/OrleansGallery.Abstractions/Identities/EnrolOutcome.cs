namespace OrleansGallery.Abstractions;

/// <summary>What became of an image that was to be enrolled.</summary>
[GenerateSerializer, Alias("gallery.EnrolOutcome")]
public enum EnrolOutcome
{
    /// <summary>Durable, counted once, and found by every search that starts from now on.</summary>
    Searchable = 0,

    /// <summary>Durable and counted, but the identity's sum is zero, which has no direction to find.</summary>
    Stored = 1,

    /// <summary>The same id with the same content is enrolled; nothing changed.</summary>
    Duplicate = 2,

    /// <summary>The same id is enrolled with other content; nothing changed.</summary>
    Conflict = 3,
}
