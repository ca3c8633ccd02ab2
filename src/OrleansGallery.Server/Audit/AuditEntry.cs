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

    /// <summary>The identity, operation or key that the path names.</summary>
    public string? Subject { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>The error code; null: it was done.</summary>
    public string? Code { get; init; }

    public required double Milliseconds { get; init; }
}
