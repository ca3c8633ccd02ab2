namespace OrleansGallery.Training;

/// <summary>What a sampler must know of an identity.</summary>
/// <param name="Images">How many images it has.</param>
/// <param name="Weight">How often it is picked, relative to others; it counts only where weights differ.</param>
/// <param name="Family">Identities of one family are easily confused: where weights count, they come into a batch
/// together. Null for none.</param>
internal readonly record struct IdentitySize(int Images, double Weight = 1, string? Family = null);
