using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>What callers are told of the store's failures. The data folder's path is for the log alone.</summary>
internal static class StoreErrors
{
    private const string Setting = "the data folder (Server:DataFolder)";

    /// <summary>The caller's exception of a failure of the store.</summary>
    /// <param name="exception">The store's.</param>
    /// <returns>The caller's.</returns>
    public static StorageException ToStorageException(StoreException exception) => exception switch
    {
        StoreFullException => new StorageFullException(
            $"The service's storage is full; nothing was written. Make room on the disk of {Setting} and send the "
            + "request again; searches go on meanwhile."),
        StoreDamagedException => new StorageDamagedException(
            $"The service's storage is damaged ({CauseOf(exception)}). Stop the service and restore {Setting} from a "
            + "copy."),
        _ => new StorageUnavailableException(
            $"The service's storage cannot be used now ({CauseOf(exception)}). Look at the disk of {Setting} and send "
            + "the request again."),
    };

    private static string CauseOf(StoreException exception) =>
        (exception.InnerException ?? exception).Message.TrimEnd('.');
}
