namespace OrleansGallery.Offline;

/// <summary>How a file holds existing embeddings.</summary>
public enum ImportFormat
{
    /// <summary>Answers of Qdrant's scroll: points with a payload.</summary>
    Qdrant,

    /// <summary>Milvus' JSON: rows of a bulk insert, or the answer to a query.</summary>
    Milvus,

    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>NumPy's array of one vector per row, with the identities in a second file.</summary>
    Npy,
}
