namespace OrleansGallery.Offline;

/// <summary>How much a part of a converted data set has.</summary>
/// <param name="Part">The part.</param>
/// <param name="Images">Its images.</param>
/// <param name="Identities">Its identities.</param>
public sealed record ConvertedCount(ConvertedPart Part, int Images, int Identities);
