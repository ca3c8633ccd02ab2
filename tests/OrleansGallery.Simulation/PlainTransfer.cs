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
    /// <summary>Keys of attributes that went from one to the other.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Keys of attributes that both had alike.</summary>
    public IReadOnlyList<string> Shared { get; init; } = [];
}
