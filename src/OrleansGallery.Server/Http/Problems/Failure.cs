using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What a caller is told of an exception.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">The fact, the values, and the setting to change.</param>
/// <param name="Retryable">Whether sending the same request again may succeed.</param>
internal readonly record struct Failure(int Status, string Code, string Message, bool Retryable)
{
    /// <summary>When to try again, where it is known better than by the status.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public ErrorBody ToErrorBody() => new() { Code = Code, Message = Message, Retryable = Retryable };
}
