using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The key that a stream was begun with. The stream may go on for days, and the key end before it.</summary>
/// <param name="caller">Whose it is; null: no keys are asked for.</param>
/// <param name="keys">The keys that are of use.</param>
/// <param name="time">The clock.</param>
/// <param name="need">What the stream needs it for.</param>
/// <param name="consequence">What becomes of the stream without it.</param>
internal sealed class StreamKey(
    Caller? caller, KnownKeys keys, TimeProvider time, KeyRole need, string consequence)
{
    /// <exception cref="UnauthorizedException">It was revoked, or is over.</exception>
    public async ValueTask RequireAsync()
    {
        if (caller is not null
            && (await keys.FindAsync(caller.KeyId, need) is not { } key || key.ExpiresAt <= time.GetUtcNow()))
        {
            throw new UnauthorizedException($"The key '{caller.KeyId}' was revoked or is over; {consequence}.");
        }
    }
}
