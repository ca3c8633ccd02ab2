namespace OrleansGallery.Simulation;

/// <summary>An operation over two identities as a plain list remembers it.</summary>
/// <param name="OperationId">Its id.</param>
/// <param name="From">The identity that gave.</param>
/// <param name="To">The identity that got.</param>
/// <param name="Images">What moved.</param>
/// <param name="IsRename">Whether it left nothing, and there was nothing where it went.</param>
internal sealed record PlainTransfer(
    string OperationId, string From, string To, IReadOnlyList<PlainImage> Images, bool IsRename)
{
    /// <summary>Attributes that went from one to the other; only one whose text is still that goes back.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Given { get; init; } = [];

    /// <summary>What an observed identity was that ended; null: it was none, or did not end.</summary>
    public IReadOnlyDictionary<string, string>? Ended { get; init; }

    /// <summary>What an observed identity was that was confirmed by what it got; null: none was.</summary>
    public IReadOnlyDictionary<string, string>? Cleared { get; init; }

    /// <summary>Of one that undoes another: whether the identity that gives back was not changed since.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Attributes that both had alike.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Shared { get; init; } = [];
}
