using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>What an ingest enrols; an item's seq is its place here.</summary>
internal interface IIngestSource
{
    /// <summary>Items that will be tried.</summary>
    int Count { get; }

    /// <summary>What is there and will not be tried: nobody's files, what is no image or cannot be read.</summary>
    IReadOnlyList<IngestFailure> LeftOut { get; }

    /// <summary>What a person should know before it begins, a line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What an item is called in reports.</summary>
    string NameOf(int place);

    /// <summary>Reads item after item.</summary>
    /// <param name="facet">The facet of all of them; null: none.</param>
    /// <param name="unreadable">Called with what cannot be read, and why; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet, Action<string, string> unreadable, CancellationToken cancellationToken);
}
