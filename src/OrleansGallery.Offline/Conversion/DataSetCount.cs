namespace OrleansGallery.Offline;

/// <summary>How many there are of something in a data set, and how many its authors say there are.</summary>
/// <param name="What">For example "train images".</param>
/// <param name="Found">Counted.</param>
/// <param name="Published">As published; null: no such number is known.</param>
public sealed record DataSetCount(string What, long Found, long? Published)
{
    /// <summary>Whether both numbers are known and differ.</summary>
    public bool Differs => Published is { } published && published != Found;
}
