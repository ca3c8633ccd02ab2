using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests for operations over two identities, and their answers, look like.</summary>
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

    private static IdentityMarkResponse Mark(long version, int count, string octet) => new()
    {
        Version = version, Count = count, Hash = string.Concat(Enumerable.Repeat(octet, 32)),
    };
}
