using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>From when on a new owner acknowledges.</summary>
internal static class FirstAck
{
    /// <summary>At once where the last owner handed over; else once it must have noticed that it is none any more.
    /// </summary>
    /// <param name="taken">The partition.</param>
    /// <param name="lease">How long an owner answers without a reservation after the store has confirmed it.</param>
    /// <param name="time">The clock.</param>
    /// <returns>A time stamp.</returns>
    public static long Of(TakenPartition taken, TimeSpan lease, TimeProvider time) => time.GetTimestamp()
        + (taken.WasHandedOver ? 0 : (long)(lease.TotalSeconds * time.TimestampFrequency));
}
