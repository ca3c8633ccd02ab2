namespace OrleansGallery.Abstractions;

/// <summary>What an operation over two identities did. Whoever asks again with the same id gets the same one.</summary>
[GenerateSerializer, Immutable, Alias("gallery.OperationReceipt")]
public sealed record OperationReceipt
{
    /// <summary>The operation's id.</summary>
    [Id(0)]
    public required string OperationId { get; init; }

    /// <summary>How many images it moved.</summary>
    [Id(1)]
    public required long ImagesMoved { get; init; }

    /// <summary>The identity that gave them.</summary>
    [Id(2)]
    public required OperationSide Source { get; init; }

    /// <summary>The identity that got them.</summary>
    [Id(3)]
    public required OperationSide Target { get; init; }

    /// <summary>The operation that it undid; null: none.</summary>
    [Id(4)]
    public string? UndoneId { get; init; }

    /// <summary>Attributes that the target got and the source lost, one a line; null: none. A line is SHA-256, salted
    /// by the operation's id, in hexadecimal, a space, and the key. The texts are not remembered: what is erased later
    /// is nowhere then.</summary>
    [Id(5)]
    public string? GivenAttributes { get; init; }

    /// <summary>Attributes that the source had and of which the target had, or got, the same text, likewise.</summary>
    [Id(6)]
    public string? SharedAttributes { get; init; }

    /// <summary>What the source was where it ended and was an observed identity: its state, when it was seen last and
    /// its observation, a line each; null: one as any other, or it has images still.</summary>
    [Id(7)]
    public string? EndedState { get; init; }

    /// <summary>What the target was where it was an observed identity and is confirmed by what it got;
    /// likewise.</summary>
    [Id(8)]
    public string? ClearedState { get; init; }
}
