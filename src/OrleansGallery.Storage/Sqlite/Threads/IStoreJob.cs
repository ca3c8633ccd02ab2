namespace OrleansGallery.Storage;

/// <summary>Work that waits for a thread of the store.</summary>
/// <typeparam name="TWorker">What a thread works on.</typeparam>
internal interface IStoreJob<in TWorker>
{
    /// <summary>Does the work, unless it was cancelled.</summary>
    /// <param name="worker">What the thread works on.</param>
    void Run(TWorker worker);

    /// <summary>Will never be done.</summary>
    /// <param name="reason">What the caller hears.</param>
    void Refuse(Exception reason);
}
