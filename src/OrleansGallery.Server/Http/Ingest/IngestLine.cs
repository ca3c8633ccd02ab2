namespace OrleansGallery.Server;

/// <summary>One line of an ingest body; valid until the next one is read.</summary>
/// <param name="Number">Its number, from 1; blank lines count.</param>
/// <param name="Bytes">The line without its end; empty where it is too long.</param>
/// <param name="TooLong">Whether it is longer than the limit; it was skipped.</param>
internal readonly record struct IngestLine(long Number, ReadOnlyMemory<byte> Bytes, bool TooLong);
