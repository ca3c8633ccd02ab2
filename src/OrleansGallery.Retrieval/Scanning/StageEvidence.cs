namespace OrleansGallery.Retrieval;

/// <summary>What one stage of a scan did.</summary>
/// <param name="Bounded">The rows whose score it bounded; the first stage counts whole blocks of slots, those included
/// that the snapshot does not show or a filter leaves out.</param>
/// <param name="Passed">Those whose bound reached the k-th score known by then, so that the next stage looked at
/// them.</param>
public readonly record struct StageEvidence(long Bounded, long Passed);
