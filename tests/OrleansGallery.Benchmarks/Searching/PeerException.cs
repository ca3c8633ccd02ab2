namespace OrleansGallery.Benchmarks.Searching;

/// <summary>A peer is missing or failed.</summary>
/// <param name="message">Which, and why.</param>
internal sealed class PeerException(string message) : Exception(message);
