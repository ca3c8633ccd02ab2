using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST /v1/galleries/{g}:calibrate</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CalibrateRequest
{
    /// <summary>The wanted false-positive identification rate: the share of searches for somebody who is not enrolled
    /// whose best match reaches the threshold; above 0 and below 1. Default: 0.01.</summary>
    public double Fpir { get; init; } = 0.01;

    /// <summary>Whether the threshold found becomes the gallery's, stored with its evidence. Default: false, the answer
    /// is all.</summary>
    public bool Apply { get; init; }

    /// <summary>Draws the sample of a gallery of more than 2,000 identities or 10,000 images: the same sample for the
    /// same seed and content. Default: 1.</summary>
    public int Seed { get; init; } = 1;
}
