namespace OrleansGallery.Abstractions;

/// <summary>What an operation made of one of its identities.</summary>
[GenerateSerializer, Immutable, Alias("gallery.OperationSide")]
public sealed record OperationSide
{
    /// <summary>The identity's id.</summary>
    [Id(0)]
    public required string IdentityId { get; init; }

    /// <summary>Before it.</summary>
    [Id(1)]
    public required IdentityMark Before { get; init; }

    /// <summary>After it.</summary>
    [Id(2)]
    public required IdentityMark After { get; init; }
}
