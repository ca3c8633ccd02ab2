namespace OrleansGallery.Server;

/// <summary>A body, or what it inflates to, is above its limit.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
internal sealed class TooLargeException(string message) : Exception(message);
