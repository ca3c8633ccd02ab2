using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>The one table from exceptions to HTTP statuses, codes and "try again", for requests and for ingest
/// acks.</summary>
internal static class ErrorMapping
{
    public const int ClientGone = 499;

    public static Failure Of(Exception exception) => exception switch
    {
        InvalidRequestException e => new(400, ErrorCodes.InvalidRequest, e.Message, false),
        InvalidIdException e => new(400, ErrorCodes.InvalidId, e.Message, false),
        InvalidEmbeddingException e => new(400, ErrorCodes.InvalidEmbedding, e.Message, false),
        ImageException e => new(400, ErrorCodes.InvalidImage, e.Message, false),
        NoModelException e => new(400, ErrorCodes.NoModel, e.Message, false),
        ModelNotFoundException e => new(400, ErrorCodes.ModelNotFound, e.Message, false),
        GalleryNotFoundException e => new(404, ErrorCodes.GalleryNotFound, e.Message, false),
        IdentityNotFoundException e => new(404, ErrorCodes.IdentityNotFound, e.Message, false),
        ImageNotFoundException e => new(404, ErrorCodes.ImageNotFound, e.Message, false),
        ImageConflictException e => new(409, ErrorCodes.ImageConflict, e.Message, false),
        GalleryExistsException e => new(409, ErrorCodes.GalleryExists, e.Message, false),
        EmbeddingOverloadedException e => new(503, ErrorCodes.Overloaded, e.Message, true),
        IncompleteSearchException e => new(503, ErrorCodes.Incomplete, e.Message, true),
        RetryException e => new(503, ErrorCodes.Retry, e.Message, true),
        StorageFullException e => new(507, ErrorCodes.StorageFull, e.Message, true),
        StorageUnavailableException e => new(503, ErrorCodes.StorageUnavailable, e.Message, true),
        StorageDamagedException e => new(500, ErrorCodes.StorageDamaged, e.Message, false),
        UnsupportedMediaTypeException e => new(415, ErrorCodes.UnsupportedMediaType, e.Message, false),
        BadHttpRequestException e => OfStatus(e.StatusCode, e.Message),
        JsonException e => new(400, ErrorCodes.InvalidRequest, Describe(e), false),
        _ => OfCluster(exception),
    };

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

    private static Failure OfCluster(Exception exception) => exception switch
    {
        // Orleans has no type of its own for "no silo passes the placement filter".
        OrleansException e when e.Message.Contains("No active nodes are compatible", StringComparison.Ordinal) =>
            e.Message.Contains("embedder", StringComparison.OrdinalIgnoreCase)
                ? new(503, ErrorCodes.NoEmbeddingSilo, "No process with the role 'embedding' is running.", true)
                : new(503, ErrorCodes.Retry, "No process with the role 'gallery' is running.", true),
        OrleansMessageRejectionException or SiloUnavailableException or GatewayTooBusyException
            or ClientNotAvailableException => new(
                503, ErrorCodes.Retry, "The silo that has to answer is not reachable; send the request again.", true),
        TimeoutException => new(
            503,
            ErrorCodes.Retry,
            "No answer in time; whether the request was carried out is unknown. Send it again.",
            true),
        OperationCanceledException => new(
            503, ErrorCodes.Retry, "The request was given up before it was carried out; send it again.", true),
        ObjectDisposedException => new(
            503, ErrorCodes.Retry, "The service is shutting down; send the request again.", true),
        _ => new(500, ErrorCodes.Internal, "The service failed; its log has the details.", false),
    };
}
