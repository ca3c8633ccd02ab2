using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Reads a JSON body; what is wrong with it becomes the caller's error.</summary>
internal static class JsonBody
{
    public static async Task<T> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new UnsupportedMediaTypeException(
                $"The body's content type is '{request.ContentType}'; 'application/json' is taken here.");
        }

        T body = await JsonSerializer.DeserializeAsync<T>(
                request.Body, GalleryJson.Options, request.HttpContext.RequestAborted)
            ?? throw new InvalidRequestException("The body is null.");
        AuditNote.Of(request.HttpContext)?.Take(body);
        return body;
    }
}
