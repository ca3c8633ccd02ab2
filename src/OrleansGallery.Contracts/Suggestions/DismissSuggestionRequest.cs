using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST /v1/galleries/{g}/suggestions:dismiss</c> and <c>:restore</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DismissSuggestionRequest
{
    /// <summary>The one identity.</summary>
    public string? One { get; init; }

    /// <summary>The other.</summary>
    public string? Other { get; init; }
}
