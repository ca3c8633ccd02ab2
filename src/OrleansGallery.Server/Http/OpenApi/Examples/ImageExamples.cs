using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests about identities and images, and their answers, look like.</summary>
internal static class ImageExamples
{
    public const string ImageId = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730";

    private static readonly DateTimeOffset TakenAt = DateTimeOffset.UnixEpoch.AddYears(56);

    public static EnrolImageRequest Enrol { get; } = new()
    {
        Vector = [0.1f, 0.2f, -0.3f, 0.4f], ImageId = "a.jpg", Facet = "c3", TakenAt = TakenAt,
    };

    public static EnrolImageResponse Enrolled { get; } = new()
    {
        Status = EnrolStatus.Searchable, Identity = "p42", ImageId = "a.jpg", Version = 9, Count = 4,
    };

    public static EnrolImageResponse Duplicate { get; } = Enrolled with { Status = EnrolStatus.Duplicate };

    public static IngestItem Item { get; } = new()
    {
        Seq = 17, Identity = "p42", ImageId = "a.jpg", Facet = "c3", Vector = [0.1f, 0.2f, -0.3f, 0.4f],
    };

    public static IngestAck Ack { get; } = new()
    {
        Seq = 17, Status = EnrolStatus.Searchable, Identity = "p42", ImageId = "a.jpg", Version = 9, Count = 4,
    };

    public static ImageResponse Image { get; } = new()
    {
        ImageId = "a.jpg",
        Facet = "c3",
        ContentHash = ImageId,
        TakenAt = TakenAt,
        Kept = PictureKeep.Thumbnail,
        Vector = [0.1f, 0.2f, -0.3f, 0.4f],
    };

    public static ImageListResponse Images { get; } = new() { Images = [Image with { Vector = null }], Next = null };

    public static IdentityResponse Identity { get; } = new()
    {
        Identity = "p42",
        Version = 9,
        ETag = "\"1-9\"",
        Count = 4,
        Facets = new Dictionary<string, long> { ["c3"] = 4 },
        Dispersion = 0.12,
        Searchable = true,
        Hash = ImageId,
        Attributes = new Dictionary<string, string> { ["colour"] = "red" },
    };

    public static IdentityAttributesRequest PatchedAttributes { get; } = new()
    {
        Attributes = new Dictionary<string, string?> { ["colour"] = "red", ["season"] = null },
    };

    public static IdentityAttributesRequest SetAttributes { get; } = new()
    {
        Attributes = new Dictionary<string, string?> { ["colour"] = "red" },
    };

    public static IdentityAttributesResponse Attributes { get; } = new()
    {
        Identity = "p42", Version = 10, ETag = "\"1-a\"", Attributes = Identity.Attributes,
    };

    public static IdentityListResponse Identities { get; } = new()
    {
        Identities =
        [
            new IdentityListEntry { Identity = "p42", Version = 9, Count = 4, Attributes = Identity.Attributes },
        ],
        Next = null,
    };

    public static SpellingsResponse Spellings { get; } = new()
    {
        Names =
        [
            new SpelledName
            {
                Name = "Jos\u00E9",
                Identities =
                [
                    new IdentityListEntry { Identity = "Jose\u0301", Version = 3, Count = 1 },
                    new IdentityListEntry { Identity = "Jos\u00E9", Version = 9, Count = 4 },
                ],
            },
        ],
    };

    public static DeletionReceipt Deleted { get; } = new()
    {
        Identity = "p42",
        ImagesRemoved = 4,
        IdentityHash = ImageId,
        Partition = new PartitionReceipt
        {
            Number = 3,
            Epoch = 1,
            Sequence = 10,
            HashBefore = GalleryExamples.RootHash,
            HashAfter = ImageId,
        },
    };

    public static InsightResponse Insight { get; } = new()
    {
        Identity = "p42",
        Version = 9,
        Count = 1,
        Dispersion = 0,
        Score = 1,
        Images =
        [
            new ImageInsightResponse
            {
                ImageId = "a.jpg", Facet = "c3", Score = 1, ScoreWithout = null, Contribution = 1,
            },
        ],
        Similar = [new SearchMatch { Rank = 1, Identity = "p7", Score = 0.64, Count = 3 }],
    };
}
