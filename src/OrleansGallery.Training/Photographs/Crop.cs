namespace OrleansGallery.Training;

/// <summary>A square of pixels with alpha, in red, green, blue, alpha order.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Source">The photograph's number.</param>
/// <param name="IsCutout">Whether its alpha is an object's outline.</param>
/// <param name="Offset">Where its bytes are in the store.</param>
internal sealed record Crop(string Name, int Source, bool IsCutout, long Offset);
