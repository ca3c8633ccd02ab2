namespace OrleansGallery.Grains;

/// <summary>What an identity remembers of an enrolled image.</summary>
/// <param name="ContentHash">SHA-256 of its content.</param>
/// <param name="Facet">Its facet.</param>
internal readonly record struct KnownImage(byte[] ContentHash, string Facet);
