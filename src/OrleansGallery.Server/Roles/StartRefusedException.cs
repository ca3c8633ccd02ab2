namespace OrleansGallery.Server;

/// <summary>The process cannot be part of its cluster as it is set up.</summary>
/// <param name="message">The fact, the values, the setting to change.</param>
/// <param name="cause">What was noticed first.</param>
public sealed class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
