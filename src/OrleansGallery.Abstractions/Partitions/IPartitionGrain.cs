namespace OrleansGallery.Abstractions;

/// <summary>
/// One partition of a gallery and the single writer of its epoch, sequence and search rows. Key:
/// <see cref="GrainKeys.Partition"/>.
/// </summary>
[Alias("gallery.IPartitionGrain")]
public interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>Commits one identity's change; when it answers, the change is durable and searchable.</summary>
    /// <param name="change">The net change.</param>
    /// <returns>The partition before and after.</returns>
    /// <exception cref="RetryException">Refused or unknown: reload the identity before anything else.</exception>
    /// <exception cref="ImageErasedException">One of its images is refused; nothing changed.</exception>
    [Alias("Commit")]
    Task<CommitReceipt> CommitAsync(IdentityChange change);

    /// <summary>Confirms what an identity's owner believes, before it answers from memory.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="version">The version that it believes to be the last.</param>
    /// <returns>When it is so.</returns>
    /// <exception cref="RetryException">It is not so: reload the identity.</exception>
    [Alias("Confirm")]
    Task ConfirmAsync(string identityId, long version);

    /// <summary>The version of an identity, after the verdict of a change of it that is under way.</summary>
    /// <param name="identityId">The identity.</param>
    /// <returns>The version and what its owner must know of the gallery.</returns>
    /// <exception cref="RetryException">The partition has a new owner.</exception>
    [Alias("GetVersion")]
    Task<IdentityVersion> GetVersionAsync(string identityId);

    /// <summary>Where the partition is; activates it.</summary>
    /// <returns>The place.</returns>
    /// <exception cref="RetryException">The partition has a new owner.</exception>
    [Alias("Locate"), ResponseTimeout("00:05:00")]
    Task<PartitionPlace> LocateAsync();

    /// <summary>What changed after a sequence. Answers at once where something did; else it waits for the next change,
    /// as long as the caller likes or the partition stays.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The changes, in order; all of them are durable.</returns>
    /// <exception cref="RetryException">The partition has a new owner, or does not know whether it is behind.
    /// </exception>
    [Alias("ReadChanges"), ResponseTimeout("00:00:15")]
    Task<ChangesAnswer> ReadChangesAsync(ChangesRequest request, CancellationToken cancellationToken);

    /// <summary>Ends this activation in order and has the next one start on a given silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>When it is on its way.</returns>
    [Alias("Move")]
    Task MoveAsync(SiloAddress silo);

    /// <summary>Stops the partition's own commits, so that another partition's commit may change it, too. It goes on
    /// when it is told how that ended, or finds it out by itself after a while.</summary>
    /// <param name="request">What is to change.</param>
    /// <returns>The partition's share of the commit.</returns>
    /// <exception cref="RetryException">Something else is under way, or the partition has a new owner.</exception>
    [Alias("Lend"), ResponseTimeout("00:00:10")]
    Task<LentShare> LendAsync(LoanRequest request);

    /// <summary>Tells how a commit ended for which the partition was lent.</summary>
    /// <param name="token">The commit's token.</param>
    /// <param name="ending">What is known of it.</param>
    /// <returns>When the partition's searches see it, or nothing of it is under way here.</returns>
    [Alias("Conclude"), ResponseTimeout("00:00:10")]
    Task ConcludeAsync(Guid token, LoanEnd ending);

    /// <summary>Commits an operation over two identities.</summary>
    /// <param name="change">The operation.</param>
    /// <returns>The receipt; what is of this partition is searchable.</returns>
    /// <exception cref="RetryException">Refused or unknown.</exception>
    [Alias("CommitJoint"), ResponseTimeout("00:00:30")]
    Task<OperationReceipt> CommitJointAsync(JointChange change);

    /// <summary>Commits an erasure.</summary>
    /// <param name="change">The erasure.</param>
    /// <returns>The receipt; no search finds what it took.</returns>
    /// <exception cref="RetryException">Refused or unknown.</exception>
    [Alias("Erase"), ResponseTimeout("00:00:30")]
    Task<ErasureReceipt> EraseAsync(ErasureChange change);
}
