using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>The one table from exceptions to HTTP statuses and codes, for requests and for ingest acks. Whether to try
/// again is said by the exception.</summary>
internal static class ErrorMapping
{
    public const int ClientGone = 499;

    public static Failure Of(Exception exception)
    {
        GalleryException? own = ClusterFailures.Translate(exception);
        string code = CodeOf(own ?? exception);
        int status = StatusOf(code);
        return exception switch
        {
            BadHttpRequestException bad => OfStatus(bad.StatusCode, bad.Message),
            RateLimitedException limited =>
                new(status, code, limited.Message, Retryable: true) { RetryAfter = limited.Pause },
            EmbeddingFailedException { Pause: { } pause } =>
                new(status, code, exception.Message, Retryable: true) { RetryAfter = pause },
            TimedOutException late => new(status, code, late.Message, Retryable: true),
            JsonException json => new(status, code, Describe(json), Retryable: false),
            _ when code == ErrorCodes.Internal =>
                new(status, code, "The service failed; its log has the details.", Retryable: false),
            _ => new(status, code, (own ?? exception).Message, own?.Retryable ?? false),
        };
    }

    /// <summary>A status that the framework set without an exception.</summary>
    public static Failure OfStatus(int status, string message) => status switch
    {
        401 => new(status, ErrorCodes.Unauthorized, message, false),
        403 => new(status, ErrorCodes.Forbidden, message, false),
        404 => new(status, ErrorCodes.RouteNotFound, message, false),
        405 => new(status, ErrorCodes.MethodNotAllowed, message, false),
        413 => new(status, ErrorCodes.TooLarge, message, false),
        415 => new(status, ErrorCodes.UnsupportedMediaType, message, false),
        503 => new(status, ErrorCodes.Retry, message, true),
        >= 400 and < 500 => new(status, ErrorCodes.InvalidRequest, message, false),
        _ => new(status, ErrorCodes.Internal, message, false),
    };

    /// <summary>Where and why a text is no JSON for its purpose, without the names of our types.</summary>
    /// <param name="exception">What the serializer says.</param>
    /// <param name="line">The line of a stream that was read; null: a whole body.</param>
    public static string Describe(JsonException exception, long? line = null)
    {
        string reason = exception.Message;
        int place = reason.IndexOf(" Path: ", StringComparison.Ordinal);
        place = place < 0 ? reason.IndexOf(" LineNumber: ", StringComparison.Ordinal) : place;
        reason = reason.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? "the value is of another type than the field."
            : reason.StartsWith("The JSON property", StringComparison.Ordinal) ? "there is no such field."
            : place < 0 ? reason : reason[..place];
        string subject = line is null ? "The body is not the JSON expected here" : $"Line {line} is no JSON item";
        string where = exception.LineNumber is not { } lineInBody ? string.Empty
            : line is null ? $", at line {lineInBody + 1}, byte {exception.BytePositionInLine}"
            : $", at byte {exception.BytePositionInLine}";
        string field = exception.Path is { Length: > 2 } path ? $", field {path.TrimStart('$', '.')}" : string.Empty;
        return $"{subject}{where}{field}: {reason}";
    }

    /// <summary>The status that goes with a code.</summary>
    public static int StatusOf(string code) => code switch
    {
        ErrorCodes.InvalidRequest or ErrorCodes.InvalidId => 400,
        ErrorCodes.Unauthorized => 401,
        ErrorCodes.Forbidden => 403,
        ErrorCodes.GalleryNotFound or ErrorCodes.IdentityNotFound or ErrorCodes.ImageNotFound
            or ErrorCodes.PictureNotFound or ErrorCodes.OperationNotFound or ErrorCodes.KeyNotFound
            or ErrorCodes.CalibrationNotFound or ErrorCodes.RouteNotFound => 404,
        ErrorCodes.MethodNotAllowed => 405,
        ErrorCodes.ImageConflict or ErrorCodes.ImageExists or ErrorCodes.IdentityExists
            or ErrorCodes.OperationConflict or ErrorCodes.GalleryExists or ErrorCodes.Erased => 409,
        ErrorCodes.PreconditionFailed => 412,
        ErrorCodes.TooLarge => 413,
        ErrorCodes.UnsupportedMediaType => 415,
        // The request is understood; what it brings or names is of no use.
        ErrorCodes.InvalidEmbedding or ErrorCodes.InvalidImage or ErrorCodes.NoModel or ErrorCodes.ModelNotFound
            or ErrorCodes.CalibrationImpossible => 422,
        ErrorCodes.RateLimited => 429,
        ErrorCodes.Overloaded or ErrorCodes.Incomplete or ErrorCodes.Unconfirmed or ErrorCodes.NoEmbeddingSilo
            or ErrorCodes.EmbeddingFailed or ErrorCodes.Retry or ErrorCodes.StorageUnavailable => 503,
        ErrorCodes.TimedOut => 504,
        ErrorCodes.StorageFull => 507,
        _ => 500,
    };

    private static string CodeOf(Exception exception) => exception switch
    {
        InvalidRequestException or JsonException => ErrorCodes.InvalidRequest,
        InvalidIdException => ErrorCodes.InvalidId,
        InvalidEmbeddingException => ErrorCodes.InvalidEmbedding,
        ImageException => ErrorCodes.InvalidImage,
        UnauthorizedException => ErrorCodes.Unauthorized,
        ForbiddenException => ErrorCodes.Forbidden,
        RateLimitedException => ErrorCodes.RateLimited,
        ApiKeyNotFoundException => ErrorCodes.KeyNotFound,
        NoModelException => ErrorCodes.NoModel,
        ModelNotFoundException => ErrorCodes.ModelNotFound,
        GalleryNotFoundException => ErrorCodes.GalleryNotFound,
        IdentityNotFoundException => ErrorCodes.IdentityNotFound,
        ImageNotFoundException => ErrorCodes.ImageNotFound,
        PictureNotFoundException => ErrorCodes.PictureNotFound,
        ImageConflictException or ImageChangedException => ErrorCodes.ImageConflict,
        ImageExistsException => ErrorCodes.ImageExists,
        IdentityExistsException => ErrorCodes.IdentityExists,
        OperationNotFoundException => ErrorCodes.OperationNotFound,
        OperationConflictException => ErrorCodes.OperationConflict,
        GalleryExistsException => ErrorCodes.GalleryExists,
        CalibrationNotFoundException => ErrorCodes.CalibrationNotFound,
        CalibrationImpossibleException => ErrorCodes.CalibrationImpossible,
        ImageErasedException => ErrorCodes.Erased,
        PreconditionFailedException => ErrorCodes.PreconditionFailed,
        TooLargeException => ErrorCodes.TooLarge,
        UnsupportedMediaTypeException => ErrorCodes.UnsupportedMediaType,
        OverloadedException => ErrorCodes.Overloaded,
        IncompleteSearchException => ErrorCodes.Incomplete,
        UnconfirmedSearchException => ErrorCodes.Unconfirmed,
        NoEmbeddingSiloException => ErrorCodes.NoEmbeddingSilo,
        EmbeddingFailedException => ErrorCodes.EmbeddingFailed,
        RetryException => ErrorCodes.Retry,
        TimedOutException => ErrorCodes.TimedOut,
        StorageFullException => ErrorCodes.StorageFull,
        StorageUnavailableException => ErrorCodes.StorageUnavailable,
        StorageDamagedException => ErrorCodes.StorageDamaged,
        _ => ErrorCodes.Internal,
    };
}
