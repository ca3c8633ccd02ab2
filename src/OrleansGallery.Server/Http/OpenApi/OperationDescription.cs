using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What the OpenAPI document says of a route beyond its types: answers by example, failures, and parameters
/// that are no arguments of the handler.</summary>
internal static class OperationDescription
{
    private static readonly string[] OfBodies = [ErrorCodes.TooLarge, ErrorCodes.UnsupportedMediaType];

    /// <summary>Says what a success looks like.</summary>
    public static RouteHandlerBuilder Gives<T>(
        this RouteHandlerBuilder route, T example, int status = 200, string contentType = RequestBodyDescription.Json)
        where T : class =>
        route.Produces<T>(status, contentType).WithMetadata(new OperationExample(status, example));

    /// <summary>Says that a success is a file.</summary>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, params string[] contentTypes) => route
        .Produces<Stream>(StatusCodes.Status200OK, contentTypes[0], contentTypes[1..])
        .WithMetadata(new OperationExample(StatusCodes.Status200OK, "The file's bytes."));

    /// <summary>Says how it can fail, besides the ways that all operations share.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params string[] codes) =>
        route.WithMetadata(new OperationFailures(codes));

    /// <summary>Says how a request with a body can fail.</summary>
    public static RouteHandlerBuilder FailsByItsBody(this RouteHandlerBuilder route) => route.Fails(OfBodies);

    /// <summary>Says that the list comes in pages.</summary>
    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder route) => route.WithMetadata(
        OperationParameter.Query(
            "cursor", JsonSchemaType.String, "p42", "The `next` of the page before; left out: the first page."),
        OperationParameter.Query(
            "limit", JsonSchemaType.Integer, Paging.DefaultLimit,
            string.Create(
                CultureInfo.InvariantCulture,
                $"At most so many, 1 to {Paging.MaxLimit}. Default: {Paging.DefaultLimit}.")));

    /// <summary>Says that the write can be bound to a version.</summary>
    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder route) => route
        .WithMetadata(OperationParameter.Header(
            "If-Match", "\"1-9\"",
            "The identity's ETag: refused where it has another version, or is not there, when the write begins."))
        .Fails(ErrorCodes.PreconditionFailed);

    /// <summary>Says what a repetition does.</summary>
    public static RouteHandlerBuilder Repeats(this RouteHandlerBuilder route, string whatHappens) =>
        route.WithMetadata(OperationParameter.Header(
            IdempotencyKey.Header, "5f0c8a1e",
            $"Any text of 1 to {IdempotencyKey.MaxLength} characters. {whatHappens}"));
}
