namespace OrleansGallery.Storage;

/// <summary>An image that an operation moved.</summary>
/// <param name="ImageId">Its id.</param>
/// <param name="ContentHash">SHA-256 of the content that it had; null: noted by a version that did not keep it.</param>
public sealed record TransferredImage(string ImageId, byte[]? ContentHash);
