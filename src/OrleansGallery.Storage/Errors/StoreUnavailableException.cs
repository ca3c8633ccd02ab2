namespace OrleansGallery.Storage;

/// <summary>The store cannot be read or written now: the disk fails, is read-only, or the file is locked.</summary>
/// <param name="message">The fact.</param>
/// <param name="cause">The driver's error.</param>
public sealed class StoreUnavailableException(string message, Exception cause) : StoreException(message, cause);
