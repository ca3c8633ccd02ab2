using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>A request that the service refused, or that did not reach it.</summary>
public sealed class GalleryApiException : Exception
{
    /// <summary>The code of a failure to reach the service or to hear its answer; no answer of the service has
    /// it.</summary>
    public const string UnreachableCode = "unreachable";

    /// <summary>Creates the exception of an answered request.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="detail">The fact, the values, and the setting to change.</param>
    /// <param name="retryable">Whether sending the same request again may succeed.</param>
    /// <param name="innerException">What was caught, if anything.</param>
    public GalleryApiException(
        int? status, string code, string detail, bool retryable, Exception? innerException = null)
        : base(detail, innerException) =>
        (Status, Code, Detail, Retryable) = (status, code, detail, retryable);

    /// <summary>The HTTP status; null: there was no answer.</summary>
    public int? Status { get; }

    /// <summary>One of <see cref="ErrorCodes"/>, or <see cref="UnreachableCode"/>.</summary>
    public string Code { get; }

    /// <summary>Whether sending the same request again may succeed.</summary>
    public bool Retryable { get; }

    /// <summary>The fact, the values, and the setting to change.</summary>
    public string Detail { get; }

    /// <summary>How long the service asks to wait before the request is sent again; null: it says nothing.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    internal static GalleryApiException Unreachable(Uri? address, Exception cause) => new(
        status: null,
        UnreachableCode,
        $"No service at {address?.GetLeftPart(UriPartial.Authority)} ({Innermost(cause)}); "
        + "start `gallery serve`, or set --url or GALLERY_URL to where it runs.",
        retryable: true,
        cause);

    internal static GalleryApiException Broken(Uri? address, string what, Exception? cause = null) => new(
        status: null,
        UnreachableCode,
        $"The connection to {address?.GetLeftPart(UriPartial.Authority)} broke: {what}.",
        retryable: true,
        cause);

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;
}
