namespace OrleansGallery.Server;

/// <summary>One line of the audit trail. It has the key's id, never the key.</summary>
internal sealed record AuditEntry
{
    /// <summary>When the request ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What the caller was told as <c>X-Request-Id</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>The key's id; null: no key was asked for.</summary>
    public string? KeyId { get; init; }

    public required string Method { get; init; }

    /// <summary>The route's pattern.</summary>
    public required string Route { get; init; }

    public string? Gallery { get; init; }

    /// <summary>The identity, operation or key that the path names, or the key that was made.</summary>
    public string? Subject { get; init; }

    /// <summary>The image that was enrolled or deleted.</summary>
    public string? Image { get; init; }

    /// <summary>The identity that images came from, where it is not the subject: what was undone has them no
    /// more.</summary>
    public string? Source { get; init; }

    /// <summary>The identity that got images.</summary>
    public string? Target { get; init; }

    /// <summary>The operation's id.</summary>
    public string? Operation { get; init; }

    /// <summary>The keys of attributes that were set or taken away, without their texts.</summary>
    public string? Attributes { get; init; }

    /// <summary>How many images were moved or deleted.</summary>
    public long? Images { get; init; }

    /// <summary>How many items of a stream were enrolled, or had been before.</summary>
    public long? Accepted { get; init; }

    /// <summary>How many items of a stream were refused.</summary>
    public long? Rejected { get; init; }

    /// <summary>The HTTP status of the answer; null: the stream began, and another line says how it ended.</summary>
    public int? Status { get; init; }

    /// <summary>The error code; null: it was done.</summary>
    public string? Code { get; init; }

    /// <summary>This is the last of so many refusals of one kind of a key, which have no lines of their own; null: of
    /// itself alone.</summary>
    public long? Repeated { get; init; }

    public double? Milliseconds { get; init; }
}
