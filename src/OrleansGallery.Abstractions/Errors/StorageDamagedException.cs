namespace OrleansGallery.Abstractions;

/// <summary>What the storage holds is damaged.</summary>
[GenerateSerializer, Alias("gallery.StorageDamagedException")]
public sealed class StorageDamagedException(string message) : StorageException(message);
