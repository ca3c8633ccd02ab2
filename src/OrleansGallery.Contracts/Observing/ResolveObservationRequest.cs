using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST .../observations/{id}:resolve</c>: one of both.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResolveObservationRequest
{
    /// <summary>The identity that its images belong to.</summary>
    public string? Into { get; init; }

    /// <summary>Whether it is somebody new: a provisional identity.</summary>
    public bool IsNew { get; init; }
}
