using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>A query parameter that is true or false.</summary>
internal static class QueryFlag
{
    /// <returns>False where it is left out.</returns>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static bool Of(HttpRequest request, string name) => request.Query[name].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        string other => throw new InvalidRequestException($"{name} is '{other}'; true or false is taken."),
    };
}
