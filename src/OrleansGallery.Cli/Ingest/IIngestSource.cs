using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>What an ingest enrols; an item's seq is its place here.</summary>
internal interface IIngestSource
{
    /// <summary>Items that will be tried.</summary>
    int Count { get; }

    /// <summary>Files that are nobody's.</summary>
    IReadOnlyList<string> Strays { get; }

    /// <summary>Folders that cannot be read to their end, with the reason.</summary>
    IReadOnlyList<(string Folder, string Reason)> Closed { get; }

    /// <summary>What an item is called in reports.</summary>
    string NameOf(int place);

    /// <summary>Reads item after item.</summary>
    /// <param name="facet">The facet of all of them; null: none.</param>
    /// <param name="unreadable">Called with what cannot be read, and why; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet, Action<string, string> unreadable, CancellationToken cancellationToken);
}
