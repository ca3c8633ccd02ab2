namespace OrleansGallery.Retrieval;

/// <summary>A part of a job: some neighbouring chunks of one table.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="FirstChunk">The first chunk's number in the table.</param>
/// <param name="ChunkCount">How many chunks.</param>
internal readonly record struct ScanPart(int Table, int FirstChunk, int ChunkCount);
