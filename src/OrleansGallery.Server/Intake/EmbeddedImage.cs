using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>What an image's way to its embedding left.</summary>
/// <param name="Embedding">The embedding.</param>
/// <param name="Thumbnail">A small picture, as a JPEG file; null: none was asked for.</param>
internal readonly record struct EmbeddedImage(VectorBytes Embedding, byte[]? Thumbnail);
