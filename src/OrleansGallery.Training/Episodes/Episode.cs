namespace OrleansGallery.Training;

/// <summary>One small task: whose image is it, out of a few identities of which a few images are known.</summary>
/// <param name="Identities">The identities' numbers, all different.</param>
/// <param name="Support">Of each identity, the rows that its centroid is made of.</param>
/// <param name="Queries">Of each identity, the rows that are searched for; none of them in its support.</param>
internal sealed record Episode(
    IReadOnlyList<int> Identities, IReadOnlyList<int[]> Support, IReadOnlyList<int[]> Queries);
