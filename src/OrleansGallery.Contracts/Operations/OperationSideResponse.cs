namespace OrleansGallery.Contracts;

/// <summary>What an operation made of one of its identities.</summary>
public sealed record OperationSideResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>Before it.</summary>
    public required IdentityMarkResponse Before { get; init; }

    /// <summary>After it.</summary>
    public required IdentityMarkResponse After { get; init; }
}
