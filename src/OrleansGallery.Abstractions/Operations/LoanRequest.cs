namespace OrleansGallery.Abstractions;

/// <summary>Asks a partition to stop its own commits, so that the commit of another partition may change it, too.
/// </summary>
[GenerateSerializer, Immutable, Alias("gallery.LoanRequest")]
public sealed record LoanRequest
{
    /// <summary>The token of the commit, which tells later whether it happened.</summary>
    [Id(0)]
    public required Guid Token { get; init; }

    /// <summary>What the commit makes of one of the partition's identities.</summary>
    [Id(1)]
    public required IdentityChange Change { get; init; }
}
