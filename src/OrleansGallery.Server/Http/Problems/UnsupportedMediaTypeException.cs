namespace OrleansGallery.Server;

/// <summary>The body is of another media type than the path takes.</summary>
/// <param name="message">The fact and what is taken.</param>
internal sealed class UnsupportedMediaTypeException(string message) : Exception(message);
