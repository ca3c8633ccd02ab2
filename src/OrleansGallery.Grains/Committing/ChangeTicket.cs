using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>One identity's change on its way through the committer.</summary>
internal sealed class ChangeTicket(LocalPartition partition, IdentityChange change, JointStep? joint = null)
{
    private readonly TaskCompletionSource<CommitReceipt> _verdict =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The change's partition.</summary>
    public LocalPartition Partition { get; } = partition;

    /// <summary>The change.</summary>
    public IdentityChange Change { get; } = change;

    /// <summary>What is to be done where the change is part of an operation over two identities; it has a commit of its
    /// own then. Null: the change is committed with others.</summary>
    public JointStep? Joint { get; } = joint;

    /// <summary>The bytes that its images bring, by which groups are bounded.</summary>
    public long Bytes { get; } = change.AddedImages.Sum(image => image.Bytes);

    /// <summary>Durable and searchable, or why not.</summary>
    public Task<CommitReceipt> Verdict => _verdict.Task;

    /// <summary>The store said yes and the rows are published.</summary>
    public void Accept(CommitReceipt receipt) => _verdict.TrySetResult(receipt);

    /// <summary>The change was refused, or its outcome is unknown.</summary>
    /// <param name="exception">What the caller hears.</param>
    public void Refuse(Exception exception) => _verdict.TrySetException(exception);
}
