using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>A way to search the tables; all ways give the same answers.</summary>
internal interface IScanMethod
{
    /// <summary>Its name, the prefix of its figures.</summary>
    string Name { get; }

    /// <summary>What it is, for a table.</summary>
    string Description { get; }

    /// <summary>What it took to make ready once the rows were there: a basis, codes.</summary>
    TimeSpan Preparation { get; }

    /// <summary>What its tables take in memory per row, without the ids' text.</summary>
    double BytesPerRow { get; }

    /// <summary>Searches.</summary>
    /// <param name="queries">Queries to be answered together.</param>
    /// <param name="answers">As many answers.</param>
    void Search(ReadOnlySpan<ScanQuery> queries, Span<ScanAnswer> answers);
}
