namespace OrleansGallery.Cli;

/// <summary>How a gallery is exported.</summary>
internal enum ExportFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>NumPy's array of one vector per row, and beside it one JSON object a line of whose they are.</summary>
    Npy,
}
