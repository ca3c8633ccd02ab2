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
        (int status, string code) = Place(own ?? exception);
        return exception switch
        {
            BadHttpRequestException bad => OfStatus(bad.StatusCode, bad.Message),
            JsonException json => new(status, code, Describe(json), Retryable: false),
            _ when code == ErrorCodes.Internal =>
                new(status, code, "The service failed; its log has the details.", Retryable: false),
            _ => new(status, code, (own ?? exception).Message, own?.Retryable ?? false),
        };
    }

    /// <summary>A status that the framework set without an exception.</summary>
    public static Failure OfStatus(int status, string message) => status switch
    {
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

    private static (int Status, string Code) Place(Exception exception) => exception switch
    {
        InvalidRequestException or JsonException => (400, ErrorCodes.InvalidRequest),
        InvalidIdException => (400, ErrorCodes.InvalidId),
        InvalidEmbeddingException => (400, ErrorCodes.InvalidEmbedding),
        ImageException => (400, ErrorCodes.InvalidImage),
        NoModelException => (400, ErrorCodes.NoModel),
        ModelNotFoundException => (400, ErrorCodes.ModelNotFound),
        GalleryNotFoundException => (404, ErrorCodes.GalleryNotFound),
        IdentityNotFoundException => (404, ErrorCodes.IdentityNotFound),
        ImageNotFoundException => (404, ErrorCodes.ImageNotFound),
        OperationNotFoundException => (404, ErrorCodes.OperationNotFound),
        IdentityExistsException => (409, ErrorCodes.IdentityExists),
        ImageConflictException => (409, ErrorCodes.ImageConflict),
        ImageExistsException => (409, ErrorCodes.ImageExists),
        OperationConflictException => (409, ErrorCodes.OperationConflict),
        GalleryExistsException => (409, ErrorCodes.GalleryExists),
        TooLargeException => (413, ErrorCodes.TooLarge),
        UnsupportedMediaTypeException => (415, ErrorCodes.UnsupportedMediaType),
        OverloadedException => (503, ErrorCodes.Overloaded),
        IncompleteSearchException => (503, ErrorCodes.Incomplete),
        UnconfirmedSearchException => (503, ErrorCodes.Unconfirmed),
        NoEmbeddingSiloException => (503, ErrorCodes.NoEmbeddingSilo),
        RetryException => (503, ErrorCodes.Retry),
        StorageFullException => (507, ErrorCodes.StorageFull),
        StorageUnavailableException => (503, ErrorCodes.StorageUnavailable),
        StorageDamagedException => (500, ErrorCodes.StorageDamaged),
        _ => (500, ErrorCodes.Internal),
    };
}
