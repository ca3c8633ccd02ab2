namespace OrleansGallery.Server;

/// <summary>Marks endpoints whose answer goes on until somebody ends it.</summary>
internal sealed class StreamedAnswerMark;
