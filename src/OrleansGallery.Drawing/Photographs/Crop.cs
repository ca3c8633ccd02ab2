namespace OrleansGallery.Drawing;

/// <summary>A square of a photograph, or an object cut out.</summary>
/// <param name="Name">The file it is from.</param>
/// <param name="Source">The file's number: crops of one photograph share it.</param>
/// <param name="IsCutout">Whether its alpha is an object's outline.</param>
/// <param name="Offset">Where its bytes (red, green, blue, alpha) are in the store.</param>
public sealed record Crop(string Name, int Source, bool IsCutout, long Offset);
