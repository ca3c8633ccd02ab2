using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>
/// One event of a gallery's feed: how an identity is now, not each step on its way. What changed several times since
/// the last event may come as one. Events of an identity come in the order of its versions, each at least once.
/// </summary>
public sealed record GalleryEvent
{
    /// <summary>What it says.</summary>
    public required GalleryEventKind Kind { get; init; }

    /// <summary>The identity; left out where it is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Identity { get; init; }

    /// <summary>The first 16 bytes of the SHA-256 of the identity's id in UTF-8, lower-case hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Digest { get; init; }

    /// <summary>The identity's version; of one that is gone, that at which it went.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }

    /// <summary>Its images; 0: it is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }

    /// <summary>Its score against the standing search's query, -1 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>The partition that an event of the kind <see cref="GalleryEventKind.Reset"/> is of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Partition { get; init; }

    /// <summary>Why the stream ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorBody? Error { get; init; }

    /// <summary>The position from which the events after this one can be had. Set by the client; on the wire it is the
    /// id of the last event of several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }
}
