namespace OrleansGallery.Server;

/// <summary>The body is of another media type than the path takes.</summary>
internal sealed class UnsupportedMediaTypeException(string message) : Exception(message);
