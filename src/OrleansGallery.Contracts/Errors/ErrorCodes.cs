namespace OrleansGallery.Contracts;

/// <summary>The stable values of <c>code</c> in problem details and in ingest acks.</summary>
public static class ErrorCodes
{
    /// <summary>The request's shape is wrong: no JSON, a missing or contradictory field.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>A gallery name or an identity, image or facet id breaks the rules for ids.</summary>
    public const string InvalidId = "invalid_id";

    /// <summary>
    /// An embedding with a wrong dimension, NaN, infinity, only zeros, or a component beyond the limit.
    /// </summary>
    public const string InvalidEmbedding = "invalid_embedding";

    /// <summary>An image that can't be decoded, or is beyond a limit.</summary>
    public const string InvalidImage = "invalid_image";

    /// <summary>The gallery does not exist.</summary>
    public const string GalleryNotFound = "gallery_not_found";

    /// <summary>A gallery with this name exists already.</summary>
    public const string GalleryExists = "gallery_exists";

    /// <summary>The identity does not exist.</summary>
    public const string IdentityNotFound = "identity_not_found";

    /// <summary>The image does not exist.</summary>
    public const string ImageNotFound = "image_not_found";

    /// <summary>Nothing of the kind asked for is kept of the image: the gallery keeps none, or the image came as a
    /// vector.</summary>
    public const string PictureNotFound = "picture_not_found";

    /// <summary>The image id is enrolled under this identity with other content, or with other content than an
    /// operation moved that is to be undone.</summary>
    public const string ImageConflict = "image_conflict";

    /// <summary>The identity has another version than the request's <c>If-Match</c> names.</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>Images cannot move to an identity that has images of the same ids.</summary>
    public const string ImageExists = "image_exists";

    /// <summary>There was no such operation, or it is not remembered any more.</summary>
    public const string OperationNotFound = "operation_not_found";

    /// <summary>An identity of this id exists already.</summary>
    public const string IdentityExists = "identity_exists";

    /// <summary>An operation of this id was carried out and asked for something else, or is of another kind than what
    /// is asked of it: an erasure is never undone. Or a search for near pairs is under way with other bounds.</summary>
    public const string OperationConflict = "operation_conflict";

    /// <summary>The image's content was erased from the gallery, which refuses it for a while.</summary>
    public const string Erased = "erased";

    /// <summary>The gallery was not calibrated.</summary>
    public const string CalibrationNotFound = "calibration_not_found";

    /// <summary>The gallery's images cannot show the false-positive identification rate asked for: there are too few,
    /// or too many are enrolled under several identities.</summary>
    public const string CalibrationImpossible = "calibration_impossible";

    /// <summary>The gallery has no model: it takes vectors, no images.</summary>
    public const string NoModel = "no_model";

    /// <summary>The model is unknown to this service.</summary>
    public const string ModelNotFound = "model_not_found";

    /// <summary>The service asks for a key, and the request has none that is known, or an old one.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The key is not good for this: its role is too low, or it is for other galleries.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The key has used up its requests per second, or at once; try again when <c>Retry-After</c>
    /// says.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>There is no such key.</summary>
    public const string KeyNotFound = "key_not_found";

    /// <summary>A body or a line is larger than its limit.</summary>
    public const string TooLarge = "too_large";

    /// <summary>No silo with the embedding role is running.</summary>
    public const string NoEmbeddingSilo = "no_embedding_silo";

    /// <summary>The model's device failed, or has not enough memory; the service's log says what to set.</summary>
    public const string EmbeddingFailed = "embedding_failed";

    /// <summary>The embedding queue is full; try again later.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>
    /// The owner of the data changed, or the outcome of a commit is unknown: send the same request again.
    /// </summary>
    public const string Retry = "retry";

    /// <summary>The disk of the service's storage is full: nothing was written; searches go on. Try again when there is
    /// room.</summary>
    public const string StorageFull = "storage_full";

    /// <summary>The service's storage cannot be read or written now.</summary>
    public const string StorageUnavailable = "storage_unavailable";

    /// <summary>What the service's storage holds is damaged.</summary>
    public const string StorageDamaged = "storage_damaged";

    /// <summary>The store has not confirmed lately that the answer is the last word, and the request demanded a
    /// complete one.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The answer would be partial, and the request demanded a complete one.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>The time is over that the caller gave the request (<c>timeoutMs</c>).</summary>
    public const string TimedOut = "timed_out";

    /// <summary>The service has no such path.</summary>
    public const string RouteNotFound = "route_not_found";

    /// <summary>The path exists, but not with this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>The body is of another media type than this path takes.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>A defect of the service; the log has the details.</summary>
    public const string Internal = "internal";

    /// <summary>Whether the service's storage is what failed, so that every write fares alike.</summary>
    /// <param name="code">A code.</param>
    /// <returns>Whether it is one of the storage's.</returns>
    public static bool IsOfStorage(string? code) => code is StorageFull or StorageUnavailable or StorageDamaged;
}
