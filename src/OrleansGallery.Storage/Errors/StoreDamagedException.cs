namespace OrleansGallery.Storage;

/// <summary>What the store holds is damaged; trying again does not help.</summary>
/// <param name="message">The fact.</param>
/// <param name="cause">The driver's error.</param>
public sealed class StoreDamagedException(string message, Exception cause) : StoreException(message, cause);
