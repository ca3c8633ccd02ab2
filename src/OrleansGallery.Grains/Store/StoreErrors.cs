using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>What callers are told of the store's failures. The data folder's path is for the log alone.</summary>
internal static class StoreErrors
{
    private const string Setting = "the data folder (Server:DataFolder) or the database (Cluster:Database)";

    /// <summary>The caller's exception of a failure of the store.</summary>
    /// <param name="exception">The store's.</param>
    /// <returns>The caller's.</returns>
    public static GalleryException ToGalleryException(StoreAwayException exception) => exception.Reason switch
    {
        StoreAwayReason.Full => new StorageFullException(
            $"The service's storage is full; {Written(exception)}. Make room on the disk of {Setting} and send the "
            + "request again; searches go on meanwhile."),
        StoreAwayReason.Damaged => new StorageDamagedException(
            $"The service's storage is damaged ({CauseOf(exception)}). Stop the service and restore {Setting} from a "
            + "copy."),
        StoreAwayReason.Failing => new StorageUnavailableException(
            $"The service's storage cannot be used now ({CauseOf(exception)}). Look at the disk of {Setting} and send "
            + "the request again."),
        _ when exception.IsBusy => new RetryException(
            $"Another request holds what this one needs ({CauseOf(exception)}); nothing was written. Send the request "
            + "again."),
        _ => new RetryException(
            $"The store does not answer ({CauseOf(exception)}); {Written(exception)}. Send the request again."),
    };

    private static string Written(StoreAwayException exception) =>
        exception.IsOutcomeUnknown ? "whether something was written is unknown" : "nothing was written";

    private static string CauseOf(StoreAwayException exception) =>
        (exception.InnerException ?? exception).Message.TrimEnd('.');
}
