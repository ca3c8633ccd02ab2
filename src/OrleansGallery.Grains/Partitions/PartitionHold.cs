namespace OrleansGallery.Grains;

/// <summary>How sure this silo is of a partition.</summary>
internal enum PartitionHold
{
    /// <summary>It is ours, and its rows are what the store has.</summary>
    Owned,

    /// <summary>The outcome of a commit is being found out: searches go on, everything else waits.</summary>
    Doubtful,

    /// <summary>It is another activation's, or gone: this one answers nothing any more.</summary>
    Lost,
}
