namespace OrleansGallery.Simulation;

/// <summary>What goes wrong at a commit.</summary>
internal enum CommitFault
{
    /// <summary>It is not carried out, which is certain.</summary>
    Failed,

    /// <summary>It is not carried out, and nobody hears so.</summary>
    LostBefore,

    /// <summary>It is carried out, and nobody hears so.</summary>
    LostAfter,
}
