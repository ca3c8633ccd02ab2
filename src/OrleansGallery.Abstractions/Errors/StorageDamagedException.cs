namespace OrleansGallery.Abstractions;

/// <summary>What the storage holds is damaged.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.StorageDamagedException")]
public sealed class StorageDamagedException(string message) : StorageException(message);
