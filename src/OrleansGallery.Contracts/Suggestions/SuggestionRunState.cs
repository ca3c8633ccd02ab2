namespace OrleansGallery.Contracts;

/// <summary>What became of a search for pairs.</summary>
public enum SuggestionRunState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was cancelled; what was known before stays.</summary>
    Cancelled,

    /// <summary>It failed; what was known before stays.</summary>
    Failed,
}
