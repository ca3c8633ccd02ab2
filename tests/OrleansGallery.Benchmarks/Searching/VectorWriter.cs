namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Writes a vector.</summary>
/// <param name="number">From 0.</param>
/// <param name="unit">Where to.</param>
internal delegate void VectorWriter(int number, Span<float> unit);
