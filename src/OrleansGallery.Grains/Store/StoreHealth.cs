using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Whether the store takes writes, as the committer last saw it.</summary>
public sealed partial class StoreHealth(ILogger<StoreHealth> logger)
{
    private volatile GalleryException? _failure;

    /// <summary>Why the store takes no writes; null: it does.</summary>
    public GalleryException? Failure => _failure;

    /// <summary>The store began to take no writes, or takes them again.</summary>
    internal event Action? Changed;

    /// <summary>A write succeeded.</summary>
    internal void OnWritten()
    {
        if (_failure is not null)
        {
            _failure = null;
            Log.Recovered(logger);
            Changed?.Invoke();
        }
    }

    /// <summary>A write failed. One that others held up says nothing of the store.</summary>
    /// <param name="exception">Why.</param>
    /// <returns>What the caller is told.</returns>
    internal GalleryException OnFailed(StoreAwayException exception)
    {
        GalleryException failure = StoreErrors.ToGalleryException(exception);
        if (exception.IsBusy)
        {
            return failure;
        }

        bool isNew = _failure?.GetType() != failure.GetType();
        _failure = failure;
        if (isNew)
        {
            Log.Failed(logger, exception);
            Changed?.Invoke();
        }

        return failure;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The store takes no writes; searches go on, and it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Information, "The store takes writes again")]
        public static partial void Recovered(ILogger logger);
    }
}
