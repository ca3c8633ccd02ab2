namespace OrleansGallery.Server;

/// <summary>The key is good, but not for this.</summary>
internal sealed class ForbiddenException(string message) : Exception(message);
