namespace OrleansGallery.Retrieval;

/// <summary>Images in two groups, by where they stand in the list that was parted.</summary>
/// <param name="Larger">The group with more images; of two alike, the one with the first image.</param>
/// <param name="Smaller">The others, at least one.</param>
public sealed record TwoGroups(IReadOnlyList<int> Larger, IReadOnlyList<int> Smaller);
