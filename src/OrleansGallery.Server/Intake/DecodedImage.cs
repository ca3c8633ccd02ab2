using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>What one decoding made of a file.</summary>
/// <param name="Pixels">The model's input.</param>
/// <param name="Thumbnail">A small picture, as a JPEG file; null: none was asked for.</param>
internal readonly record struct DecodedImage(PixelBlock Pixels, byte[]? Thumbnail);
