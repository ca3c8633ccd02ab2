using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests about observations, and their answers, look like.</summary>
internal static class ObservationExamples
{
    private const string Stranger = "observed-3f0c2b8f4a1d5e6790b1c2d3e4f50617";

    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddYears(56);

    public static ObserveRequest Observe { get; } = new()
    {
        Vector = [0.1f, 0.2f, -0.3f, 0.4f],
        ImageId = "cam3-000017.jpg",
        Facet = "c3",
        TakenAt = Time,
        JoinThreshold = 0.7,
        FoundThreshold = 0.5,
        Margin = 0.05,
    };

    public static ObservationResponse Founded { get; } = new()
    {
        Status = ObservationStatus.Founded,
        Duplicate = false,
        ObservationId = "cam3-000017.jpg",
        Identity = Stranger,
        State = IdentityState.Provisional,
        Count = 1,
        Version = 9,
        ImageIds = ["cam3-000017.jpg"],
        Candidates = [new ObservationMatch { Identity = "p42", Score = 0.31 }],
        JoinThreshold = 0.7,
        FoundThreshold = 0.5,
        Margin = 0.05,
        DecidedAt = Time,
    };

    public static ObservationResponse Duplicate { get; } = Founded with { Duplicate = true };

    public static ObservationResponse Undone { get; } =
        Founded with { State = null, Count = 0, Version = 0, UndoneAt = Time };

    public static ObservedIdentityListResponse List { get; } = new()
    {
        Identities =
        [
            new ObservedIdentity
            {
                Identity = Stranger,
                State = IdentityState.Ambiguous,
                ObservationId = "cam3-000018.jpg",
                SeenAt = Time,
                Count = 1,
                Version = 10,
                Candidates =
                [
                    new ObservationMatch { Identity = "p42", Score = 0.66 },
                    new ObservationMatch { Identity = "p7", Score = 0.64 },
                ],
            },
        ],
        Next = null,
    };

    public static ResolveObservationRequest Resolve { get; } = new() { Into = "p42" };

    public static ObservedIdentity Resolved { get; } = new()
    {
        Identity = "p42", State = IdentityState.Confirmed, Count = 5, Version = 11,
    };
}
