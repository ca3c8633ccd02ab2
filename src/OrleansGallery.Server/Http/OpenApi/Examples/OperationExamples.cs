using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests for operations over two identities and for erasures, and their answers, look like.</summary>
internal static class OperationExamples
{
    private const string Id = "merge-2026-0042";

    public static MergeIdentityRequest Merge { get; } = new() { Into = "p7", OperationId = Id };

    public static RenameIdentityRequest Rename { get; } = new() { To = "p42-known", OperationId = "rename-0042" };

    public static MoveImagesRequest Move { get; } = new()
    {
        To = "p7", ImageIds = ["b.jpg"], OperationId = "move-0042",
    };

    public static SplitIdentityRequest Split { get; } = new()
    {
        ImageIds = ["b.jpg"], To = "p8", OperationId = "split-0042",
    };

    public static SplitProposalResponse Proposal { get; } = new()
    {
        Identity = "p42",
        Version = 9,
        Count = 4,
        Separation = 0.41,
        Groups =
        [
            new SplitGroupResponse { Count = 3, Dispersion = 0.08, ImageIds = ["a.jpg", "c.jpg", "d.jpg"] },
            new SplitGroupResponse { Count = 1, Dispersion = 0, ImageIds = ["b.jpg"] },
        ],
    };

    public static UndoOperationRequest Undo { get; } = new() { OperationId = "undo-merge-2026-0042" };

    public static OperationResponse Done { get; } = new()
    {
        OperationId = Id,
        ImagesMoved = 4,
        Source = new OperationSideResponse { Identity = "p42", Before = Mark(9, 4, "c4"), After = Mark(0, 0, "00") },
        Target = new OperationSideResponse { Identity = "p7", Before = Mark(12, 6, "5e"), After = Mark(13, 10, "9b") },
    };

    public static EraseIdentityRequest Erase { get; } = new() { OperationId = "erase-2026-0042" };

    public static ErasureResponse Erased { get; } = new()
    {
        OperationId = "erase-2026-0042",
        ImagesErased = 4,
        ContentsHash = string.Concat(Enumerable.Repeat("a7", 32)),
        Identity = new OperationSideResponse
        {
            Identity = "p42", Before = Mark(9, 4, "c4"), After = Mark(10, 0, "00"),
        },
        ErasedAt = new DateTimeOffset(2026, 11, 29, 9, 30, 0, TimeSpan.Zero),
        RefusedUntil = new DateTimeOffset(2027, 2, 27, 9, 30, 0, TimeSpan.Zero),
    };

    private static IdentityMarkResponse Mark(long version, int count, string octet) => new()
    {
        Version = version, Count = count, Hash = string.Concat(Enumerable.Repeat(octet, 32)),
    };
}
