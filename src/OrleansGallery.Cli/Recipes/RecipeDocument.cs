using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery recipe --json</c> prints.</summary>
internal sealed record RecipeDocument
{
    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>The data set as converted.</summary>
    public required ConversionResult Conversion { get; init; }

    /// <summary>The training.</summary>
    public required TrainingResult Training { get; init; }

    /// <summary>The figures of both modes.</summary>
    public required EvaluationDocument Evaluation { get; init; }

    /// <summary>Centroids as the published code makes them, by wrong cameras; null: there are no cameras.</summary>
    public required ModeDocument? ReferenceCentroid { get; init; }

    /// <summary>How network and initial weights depart from the paper's; null: they do not.</summary>
    public required string? Departure { get; init; }

    /// <summary>The report's file.</summary>
    public required string Report { get; init; }
}
