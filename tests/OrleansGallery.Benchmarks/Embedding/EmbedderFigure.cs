namespace OrleansGallery.Benchmarks.Embedding;

/// <summary>One line of the embedder's benchmark, as <c>--json</c> prints it.</summary>
internal sealed record EmbedderFigure
{
    public required string Model { get; init; }

    public required string Device { get; init; }

    public required string Precision { get; init; }

    /// <summary>Images of one forward pass at most.</summary>
    public required int Batch { get; init; }

    /// <summary><c>forward</c>, <c>batcher</c> or <c>jpeg</c>.</summary>
    public required string What { get; init; }

    public required double ImagesPerSecond { get; init; }

    /// <summary>Images per second over the baseline's, the median of the rounds.</summary>
    public required double Ratio { get; init; }

    /// <summary>What it is compared with, in the same rounds at the same batch size.</summary>
    public required string Baseline { get; init; }
}
