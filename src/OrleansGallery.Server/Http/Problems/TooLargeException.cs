namespace OrleansGallery.Server;

/// <summary>A body, or what it inflates to, is above its limit.</summary>
internal sealed class TooLargeException(string message) : Exception(message);
