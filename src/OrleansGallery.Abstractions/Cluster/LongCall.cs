namespace OrleansGallery.Abstractions;

/// <summary>A call that runs, or how one ended whose answer may be lost.</summary>
[GenerateSerializer, Immutable, Alias("gallery.LongCall")]
public sealed record LongCall
{
    /// <summary>Whether it has ended.</summary>
    [Id(0)]
    public required bool HasEnded { get; init; }

    /// <summary>What it answered; null where it failed or runs.</summary>
    [Id(1)]
    public object? Result { get; init; }

    /// <summary>What it failed of; null: it did not.</summary>
    [Id(2)]
    public Exception? Failure { get; init; }
}
