namespace OrleansGallery.Server;

/// <summary>A key is needed, and none that is good for anything was sent.</summary>
internal sealed class UnauthorizedException(string message) : Exception(message);
