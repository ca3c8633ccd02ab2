namespace OrleansGallery.Offline;

/// <summary>One embedding of a file, or why it is none.</summary>
public sealed record ImportRow
{
    /// <summary>Its number in the file, from 1; rows that are no good count.</summary>
    public required long Number { get; init; }

    /// <summary>The line in which it begins, from 1; 0: the file has no lines.</summary>
    public long Line { get; init; }

    /// <summary>Why it cannot be enrolled; null: nothing is wrong with it.</summary>
    public string? Fault { get; init; }

    /// <summary>Whose it is; empty with a <see cref="Fault"/>.</summary>
    public string Identity { get; init; } = string.Empty;

    /// <summary>The image's id; empty with a <see cref="Fault"/>.</summary>
    public string ImageId { get; init; } = string.Empty;

    /// <summary>The condition it was taken under; null: none.</summary>
    public string? Facet { get; init; }

    /// <summary>When it was taken; null: the row does not say.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The embedding, finite; empty with a <see cref="Fault"/>.</summary>
    public float[] Vector { get; init; } = [];
}
