using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST .../search:batch</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchBatchRequest
{
    /// <summary>How many searches one request takes.</summary>
    public const int MaxQueries = 100;

    /// <summary>The searches, 1 to <see cref="MaxQueries"/>.</summary>
    public required IReadOnlyList<SearchRequest> Queries { get; init; }
}
