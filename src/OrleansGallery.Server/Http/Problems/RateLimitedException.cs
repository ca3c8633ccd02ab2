namespace OrleansGallery.Server;

/// <summary>The key has used up what it is good for at a time.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
/// <param name="pause">After which time there is room again.</param>
internal sealed class RateLimitedException(string message, TimeSpan pause) : Exception(message)
{
    public TimeSpan Pause => pause;
}
