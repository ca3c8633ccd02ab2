using System.Globalization;

namespace OrleansGallery.Storage;

/// <summary>This machine's clock is too far from the database's for a cluster to work.</summary>
/// <param name="offset">How far it is ahead; negative: behind.</param>
/// <param name="tolerance">How far it may be.</param>
public sealed class ClockOffsetException(TimeSpan offset, TimeSpan tolerance) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"This machine's clock is {offset.Duration().TotalSeconds:0.0} s "
    + $"{(offset < TimeSpan.Zero ? "behind" : "ahead of")} the database's, "
    + $"{tolerance.TotalSeconds:0.0} s are allowed: set the clock (NTP) and start again."))
{
    /// <summary>How far it is ahead; negative: behind.</summary>
    public TimeSpan Offset { get; } = offset;
}
