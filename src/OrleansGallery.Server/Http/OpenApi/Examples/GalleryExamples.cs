using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests about galleries and their answers look like.</summary>
internal static class GalleryExamples
{
    public const string RootHash = "3b0e7c5d9a41f2668cbb1d04e7a95f3820c6d4e1b97a5f0c8e2d3b4a69587142";

    public static CreateGalleryRequest Create { get; } = new() { Name = "people", Dimension = 4, Partitions = 4 };

    public static GalleryResponse Gallery { get; } = new()
    {
        Name = "people",
        Dimension = 4,
        Partitions = 4,
        Identities = 659,
        Images = 6_590,
        Keep = PictureKeep.None,
        SearchBytes = 659 * 4 * sizeof(float),
        RootHash = RootHash,
        CreatedAt = DateTimeOffset.UnixEpoch.AddYears(56),
    };

    public static GalleryListResponse List { get; } = new() { Galleries = [Gallery], Next = null };

    public static VerificationResponse Verification { get; } = new()
    {
        Ok = true, Identities = 659, Images = 6_590, RootHash = RootHash, Differences = [],
    };

    public static CalibrateRequest Calibrate { get; } = new() { Fpir = 0.01, Apply = true, Seed = 1 };

    public static CalibrationResponse Calibration { get; } = new()
    {
        Fpir = 0.01,
        Threshold = 0.62,
        MeasuredFpir = 0.0099,
        FpirLow = 0.0074,
        FpirHigh = 0.0133,
        SmallestFpir = 0.00046,
        Fnir = 0.034,
        Images = 6_590,
        GenuineImages = 6_590,
        Identities = 659,
        GalleryIdentities = 659,
        GalleryImages = 6_590,
        Seed = 1,
        RootHash = RootHash,
        MeasuredAt = DateTimeOffset.UnixEpoch.AddYears(56),
        Applied = true,
        Curve =
        [
            new CalibrationPoint { Threshold = 0.4, Fpir = 0.31, Fnir = 0.004 },
            new CalibrationPoint { Threshold = 0.62, Fpir = 0.0099, Fnir = 0.034 },
        ],
    };

    public static HealthResponse Live { get; } = new() { Status = "live" };

    public static HealthResponse Ready { get; } = new() { Status = "ready" };
}
