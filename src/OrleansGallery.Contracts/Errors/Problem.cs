namespace OrleansGallery.Contracts;

/// <summary>Problem details (RFC 9457) as every failed request is answered.</summary>
public sealed record Problem
{
    /// <summary>A URI that names the kind of problem: <c>urn:gallery:</c> and the code.</summary>
    public string? Type { get; init; }

    /// <summary>The HTTP status in words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>The fact, the values, and the setting to change.</summary>
    public string? Detail { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string? Code { get; init; }

    /// <summary>Whether sending the same request again may succeed.</summary>
    public bool Retryable { get; init; }
}
