namespace OrleansGallery.Abstractions;

/// <summary>The service's storage cannot do its work; each leaf says whether trying again may help.</summary>
[GenerateSerializer, Alias("gallery.StorageException")]
public abstract class StorageException(string message) : GalleryException(message);
