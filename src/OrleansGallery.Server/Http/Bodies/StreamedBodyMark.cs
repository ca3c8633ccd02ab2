namespace OrleansGallery.Server;

/// <summary>Marks endpoints that read a body of any length, piece by piece, and limit each piece.</summary>
internal sealed class StreamedBodyMark;
