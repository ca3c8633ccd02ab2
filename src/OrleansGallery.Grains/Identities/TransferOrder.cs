using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>A transfer that is to be carried out once.</summary>
internal sealed record TransferOrder
{
    /// <summary>What is asked for.</summary>
    public required TransferRequest Request { get; init; }

    /// <summary>SHA-256 of what is asked for.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>The operation that it undoes; null: none.</summary>
    public string? UndoneId { get; init; }

    /// <summary>Whether what is to be undone is forgotten: that it was undone can only be found.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>What an undone operation moved: what is there under these ids must be that.</summary>
    public IReadOnlyList<TransferredImage> Undone { get; init; } = [];

    /// <summary>The attributes that an undone operation took from one identity and gave to the other.</summary>
    public AttributeMarks GivenAttributes { get; init; } = AttributeMarks.None;

    /// <summary>The attributes that both had alike before it.</summary>
    public AttributeMarks SharedAttributes { get; init; } = AttributeMarks.None;

    /// <summary>What the identity was that an undone operation ended, as <see cref="ObservedState"/>.</summary>
    public string? EndedState { get; init; }

    /// <summary>What the identity was that an undone operation confirmed; likewise.</summary>
    public string? ClearedState { get; init; }

    /// <summary>The version that the operation left it at: at another one it stays what it is.</summary>
    public long ClearedVersion { get; init; }

    /// <summary>When it is undone: what is provisional again was seen then.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The order to carry out a request.</summary>
    /// <param name="sourceId">The identity that gives.</param>
    /// <param name="request">What is asked for.</param>
    public static TransferOrder Of(string sourceId, TransferRequest request) =>
        new() { Request = request, Digest = OperationRecords.DigestOf(sourceId, request) };

    /// <summary>The order to undo an operation.</summary>
    /// <param name="request">Which, and as what.</param>
    /// <param name="undone">The operation; null: it is not remembered any more.</param>
    /// <param name="targetId">The identity that gets back what it gave.</param>
    /// <param name="at">When.</param>
    public static TransferOrder Of(UndoRequest request, StoredOperation? undone, string targetId, DateTimeOffset at)
    {
        OperationReceipt? receipt = undone is null ? null : OperationRecords.ToReceipt(undone);
        return new TransferOrder
        {
            Request = new TransferRequest
            {
                OperationId = request.OperationId,
                TargetId = targetId,
                ImageIds = [.. (undone?.Images ?? []).Select(image => image.ImageId)],
                Target = undone is null ? TransferTarget.Any : OperationRecords.TargetOfUndoing(undone),
            },
            Digest = OperationRecords.DigestOf(request),
            UndoneId = request.UndoneId,
            IsForgotten = undone is null,
            Undone = undone?.Images ?? [],
            GivenAttributes = AttributeMarks.Read(request.UndoneId, receipt?.GivenAttributes),
            SharedAttributes = AttributeMarks.Read(request.UndoneId, receipt?.SharedAttributes),
            EndedState = receipt?.EndedState,
            ClearedState = receipt?.ClearedState,
            ClearedVersion = receipt?.Target.After.Version ?? 0,
            At = at,
        };
    }
}
