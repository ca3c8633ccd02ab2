namespace OrleansGallery.Server;

/// <summary>What the request was to change is not as its sender has seen it.</summary>
internal sealed class PreconditionFailedException(string message) : Exception(message);
