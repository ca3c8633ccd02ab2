namespace OrleansGallery.Simulation;

/// <summary>The cluster answered something else than the plain lists.</summary>
/// <param name="message">What was asked, what came, and what should have.</param>
internal sealed class MismatchException(string message) : Exception(message);
