namespace OrleansGallery.Offline;

/// <summary>A data set's parts.</summary>
public sealed record DataSplits : IDisposable
{
    /// <summary>What is trained on; null where the data set has only what it is judged on.</summary>
    public required ImageSet? Train { get; init; }

    /// <summary>What is searched with; null where the data set does not say.</summary>
    public ImageSet? Query { get; init; }

    /// <summary>What is searched in; null where the data set does not say.</summary>
    public ImageSet? Gallery { get; init; }

    /// <summary>Closes the files behind the sets.</summary>
    public void Dispose()
    {
        Train?.Files.Dispose();
        Query?.Files.Dispose();
        Gallery?.Files.Dispose();
    }
}
