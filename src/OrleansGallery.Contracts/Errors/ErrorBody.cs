namespace OrleansGallery.Contracts;

/// <summary>Why one item of a stream was refused.</summary>
public sealed record ErrorBody
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The fact, the values, and the setting to change.</summary>
    public required string Message { get; init; }

    /// <summary>Whether sending the same item again may succeed.</summary>
    public bool Retryable { get; init; }
}
