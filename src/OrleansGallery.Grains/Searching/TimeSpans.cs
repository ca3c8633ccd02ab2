namespace OrleansGallery.Grains;

/// <summary>Bounds of waiting times.</summary>
internal static class TimeSpans
{
    /// <summary>The shorter of two.</summary>
    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>A span, or none where it is over already.</summary>
    public static TimeSpan NotNegative(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
