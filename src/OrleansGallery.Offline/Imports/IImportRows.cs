namespace OrleansGallery.Offline;

/// <summary>The rows of one open file, read as they are asked for: the file may be larger than memory.</summary>
public interface IImportRows : IDisposable
{
    /// <summary>How much was read of it, in bytes.</summary>
    long BytesRead { get; }

    /// <summary>Reads on; once.</summary>
    /// <exception cref="InvalidDataException">The file is broken at a place that the message names.</exception>
    IEnumerable<ImportRow> Read();
}
