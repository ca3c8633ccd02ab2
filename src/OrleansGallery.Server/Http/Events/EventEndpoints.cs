using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What happens in a gallery, as a stream of server-sent events.</summary>
internal static class EventEndpoints
{
    public const string ContentType = "text/event-stream";
    public const string LastEventId = "Last-Event-ID";

    private const string Meaning =
        "Each event is one line of JSON that says how an identity is now; changes in between may be folded into one. "
        + "Events of an identity come in the order of its versions, each at least once. The id of an event is a "
        + "position: sent as `Last-Event-ID` or `cursor`, it continues there, after a cut, a restart or a move of the "
        + "partition. Several events that come at once have one id, at the last of them. A comment every 15 seconds, "
        + "with the position, says that the stream lives; who reads nothing for 20 seconds is cut off. The kind "
        + "`reset` says that removals may be missing before it; the kind `end` is the last event and says why.\n\n"
        + "An identity is told where it began and again where it last changed, so that the same version may come "
        + "twice. A position has up to 9 bytes per partition, in base64url: of many partitions some thousand "
        + "characters, which are better sent as `cursor` of the `POST` form than in a header or an address. A position "
        + "does not say which history of the store it belongs to: after the store was put back to an earlier state, "
        + "from a copy or by a standby that was behind, events may be missing without a `reset`; begin with `start` "
        + "then. A position of a stream of one identity holds for that identity only.\n\n"
        + "A standing search compares an identity's centroid as it is when the event is told, not the image that came "
        + "in: an image that is near may leave the centroid too far away, and a change of anything tells an identity "
        + "that is near again. A query by a stored identity or image is made a vector when a stream begins, so after "
        + "a cut it may be another one, and is refused when they are gone; send the vector where that matters.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", WatchAsync).WithName("watch")
            .WithSummary("Changes of a gallery's identities, as they come in.").WithDescription(Meaning)
            .WithMetadata(
                OperationParameter.Header(
                    LastEventId, WatchRequest.Start, "The id of the last event that was read; stands for `cursor`."),
                OperationParameter.Query(
                    "cursor", JsonSchemaType.String, WatchRequest.Start,
                    "The id of an event, or `start`: all identities that are there come first. Default: what changes "
                    + "from now on."),
                OperationParameter.Query("identity", JsonSchemaType.String, "p42", "Only this identity."),
                OperationParameter.Query(
                    "prefix", JsonSchemaType.String, "p", "Only identities whose ids begin so."),
                OperationParameter.Query(
                    "founded", JsonSchemaType.Boolean, true, "Only new identities. Default: false."))
            .WithMetadata(new StreamedAnswerMark())
            .Gives(EventExamples.Changed, 200, ContentType)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.Overloaded);
        routes.MapPost("/events", WatchByBodyAsync).WithName("watchBy")
            .WithSummary("A standing search, or another choice of a gallery's changes, as they come in.")
            .WithDescription(Meaning)
            .Takes(EventExamples.Watch, RequestBodyDescription.Json)
            .WithMetadata(new StreamedAnswerMark())
            .Gives(EventExamples.Found, 200, ContentType)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.InvalidEmbedding, ErrorCodes.InvalidImage, ErrorCodes.NoModel, ErrorCodes.ModelNotFound,
                ErrorCodes.NoEmbeddingSilo, ErrorCodes.EmbeddingFailed, ErrorCodes.Overloaded)
            .NeedsKey(KeyRole.Read);
    }

    private static Task WatchAsync(string gallery, HttpContext context, EventAnswers answers) => answers.WriteAsync(
        context, gallery, new WatchRequest
        {
            Cursor = LastIdOf(context.Request) ?? TextOf(context.Request.Query["cursor"]),
            Identity = TextOf(context.Request.Query["identity"]),
            Prefix = TextOf(context.Request.Query["prefix"]),
            Founded = QueryFlag.Of(context.Request, "founded"),
        });

    private static async Task WatchByBodyAsync(string gallery, HttpContext context, EventAnswers answers)
    {
        WatchRequest request = await JsonBody.ReadAsync<WatchRequest>(context.Request);
        await answers.WriteAsync(
            context, gallery, request with { Cursor = LastIdOf(context.Request) ?? request.Cursor });
    }

    private static string? LastIdOf(HttpRequest request) => TextOf(request.Headers[LastEventId]);

    private static string? TextOf(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
