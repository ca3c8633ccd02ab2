using System.Globalization;

namespace OrleansGallery.Server;

/// <summary>The time is over that the caller gave the request.</summary>
internal sealed class TimedOutException(TimeSpan limit) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"No answer within {limit.TotalMilliseconds} ms ({DeadlineGuard.Parameter}); a write may have been made all the "
    + $"same."));
