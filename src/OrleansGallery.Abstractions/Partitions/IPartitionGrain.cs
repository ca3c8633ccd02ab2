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
    [Alias("Commit")]
    Task<CommitReceipt> CommitAsync(IdentityChange change);

    /// <summary>Confirms what an identity's owner believes, before it answers from memory.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="version">The version that it believes to be the last.</param>
    /// <returns>When it is so.</returns>
    /// <exception cref="RetryException">It is not so: reload the identity.</exception>
    [Alias("Confirm")]
    Task ConfirmAsync(string identityId, long version);

    /// <summary>Loads an identity for its owner, after the verdict of a change of it that is under way.</summary>
    /// <param name="identityId">The identity.</param>
    /// <returns>Its state; version 0 and empty where it has no image.</returns>
    [Alias("LoadIdentity")]
    Task<IdentityRecord> LoadIdentityAsync(string identityId);

    /// <summary>The partition's counts and hash; activates it.</summary>
    /// <returns>The summary.</returns>
    [Alias("Describe"), ResponseTimeout("00:05:00")]
    Task<PartitionSummary> DescribeAsync();

    /// <summary>Recomputes every sum from the images of one consistent snapshot and compares hashes.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was read and what differed.</returns>
    [Alias("Verify"), ResponseTimeout("06:00:00")]
    Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Deactivates the partition if its gallery was deleted.</summary>
    /// <returns>When that is decided.</returns>
    [Alias("Retire")]
    Task RetireAsync();
}
