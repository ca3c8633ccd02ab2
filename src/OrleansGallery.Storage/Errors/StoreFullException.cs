namespace OrleansGallery.Storage;

/// <summary>There is no room for a write, which was rolled back. Reads go on; writes do once there is room.</summary>
/// <param name="message">The fact.</param>
/// <param name="cause">The driver's error.</param>
public sealed class StoreFullException(string message, Exception cause) : StoreException(message, cause);
