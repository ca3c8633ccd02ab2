using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Whether the store takes writes, as the committer last saw it.</summary>
public sealed partial class StoreHealth(ILogger<StoreHealth> logger)
{
    private volatile StorageException? _failure;

    /// <summary>Why the store takes no writes; null: it does.</summary>
    public StorageException? Failure => _failure;

    /// <summary>A write succeeded.</summary>
    internal void OnWritten()
    {
        if (_failure is not null)
        {
            _failure = null;
            Log.Recovered(logger);
        }
    }

    /// <summary>A write failed.</summary>
    /// <param name="exception">Why.</param>
    /// <returns>What the caller is told.</returns>
    internal StorageException OnFailed(StoreException exception)
    {
        StorageException failure = StoreErrors.ToStorageException(exception);
        if (_failure?.GetType() != failure.GetType())
        {
            Log.Failed(logger, exception);
        }

        return _failure = failure;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The store takes no writes; searches go on, and it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Information, "The store takes writes again")]
        public static partial void Recovered(ILogger logger);
    }
}
