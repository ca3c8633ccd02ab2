using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>A JSON answer of known length: it needs no chunks, and whether to compress it can be told from
/// it.</summary>
internal sealed class JsonAnswer : IResult
{
    private const string ContentType = "application/json; charset=utf-8";

    private readonly int _status;
    private readonly object _value;
    private readonly string? _location;

    private JsonAnswer(int status, object value, string? location) =>
        (_status, _value, _location) = (status, value, location);

    public static JsonAnswer Created(string location, object value) =>
        new(StatusCodes.Status201Created, value, location);

    /// <summary>A handler's result as one of these, where it is a plain value.</summary>
    public static object? Of(object? result) =>
        result is IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: 200 }
            ? new JsonAnswer(StatusCodes.Status200OK, value, location: null)
            : result;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        AuditNote.Of(httpContext)?.TakeAnswer(_value);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(_value, _value.GetType(), GalleryJson.Options);
        HttpResponse response = httpContext.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (_status, ContentType, body.Length);
        if (_location is not null)
        {
            response.Headers.Location = _location;
        }

        await response.BodyWriter.WriteAsync(body, RequestDeadline.SendingOf(httpContext));
    }
}
