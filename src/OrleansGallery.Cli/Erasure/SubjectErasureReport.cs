namespace OrleansGallery.Cli;

/// <summary>What <c>gallery erase --subject --json</c> prints.</summary>
internal sealed record SubjectErasureReport
{
    /// <summary>The identity's id.</summary>
    public required string Subject { get; init; }

    /// <summary>The erasure's id in every gallery: to run it again.</summary>
    public required string OperationId { get; init; }

    /// <summary>Every gallery that the key is for, by name.</summary>
    public required IReadOnlyList<ErasedSubject> Galleries { get; init; }
}
