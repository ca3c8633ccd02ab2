namespace OrleansGallery.Server;

/// <summary>The image id is enrolled under this identity with other content.</summary>
internal sealed class ImageConflictException(string identity, string imageId) : Exception(
    $"The image '{imageId}' of '{identity}' is enrolled with other content; remove it first, or send another imageId.");
