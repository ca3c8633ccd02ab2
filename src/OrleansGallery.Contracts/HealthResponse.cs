namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>GET /livez</c> and <c>GET /readyz</c>.</summary>
public sealed record HealthResponse
{
    /// <summary><c>live</c> or <c>ready</c>.</summary>
    public required string Status { get; init; }
}
