namespace OrleansGallery.Cli;

/// <summary>Enrolment through the streaming API: decoding, embedding, commit.</summary>
/// <param name="ImagesPerSecond">Images made searchable per second.</param>
internal sealed record DemoIngest(double ImagesPerSecond);
