namespace OrleansGallery.Offline;

/// <summary>The rows of one open file, read as they are asked for: the file may be larger than memory.</summary>
public interface IImportRows : IDisposable
{
    /// <summary>How much was read of it, in bytes.</summary>
    long BytesRead { get; }

    /// <summary>Where it goes on behind the file's end, by its own word, once all is read; null: nowhere.</summary>
    string? MoreFrom => null;

    /// <summary>Reads on; once.</summary>
    /// <exception cref="InvalidDataException">The file is broken at a place that the message names.</exception>
    IEnumerable<ImportRow> Read();
}
