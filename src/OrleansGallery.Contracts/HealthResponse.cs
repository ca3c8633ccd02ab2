using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>GET /livez</c> and <c>GET /readyz</c>.</summary>
public sealed record HealthResponse
{
    /// <summary><c>live</c>, <c>ready</c>, or <c>degraded</c>: searches are answered, but nothing can be
    /// enrolled.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is degraded: one of <see cref="ErrorCodes"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>Why it is degraded: the fact, the values, and the setting to change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }
}
