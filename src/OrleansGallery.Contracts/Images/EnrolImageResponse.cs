namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>POST .../identities/{id}/images</c>.</summary>
public sealed record EnrolImageResponse
{
    /// <summary>What became of the image.</summary>
    public required EnrolStatus Status { get; init; }

    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>The image's id, given or derived.</summary>
    public required string ImageId { get; init; }

    /// <summary>The partition's sequence at which the identity last changed.</summary>
    public required long Version { get; init; }

    /// <summary>The identity's images.</summary>
    public required long Count { get; init; }
}
