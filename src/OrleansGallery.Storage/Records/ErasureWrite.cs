namespace OrleansGallery.Storage;

/// <summary>An identity or one of its images that is to be gone for good: all of it is written, or nothing.</summary>
public sealed record ErasureWrite
{
    /// <summary>The share of the identity's partition, whose one change takes the identity, or the image.</summary>
    public required PartitionWrite Share { get; init; }

    /// <summary>The image; null: all that the identity has.</summary>
    public required string? ImageId { get; init; }

    /// <summary>How many images that is: where the store finds another number, it refuses.</summary>
    public required long Count { get; init; }

    /// <summary>Until when the contents of these images are refused; null: they are not.</summary>
    public required DateTimeOffset? RefusedUntil { get; init; }

    /// <summary>What is remembered of the operation; of its images, nothing.</summary>
    public required StoredOperation Operation { get; init; }

    /// <summary>The identity.</summary>
    public string IdentityId => Share.Identities[0].IdentityId;
}
