namespace OrleansGallery.Abstractions;

/// <summary>What became of a search for pairs.</summary>
public enum SuggestionState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It failed.</summary>
    Failed,
}
