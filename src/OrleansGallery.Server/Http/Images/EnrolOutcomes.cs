using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The grain's outcome in the words of the HTTP API.</summary>
internal static class EnrolOutcomes
{
    public static EnrolStatus StatusOf(EnrolOutcome outcome) => outcome switch
    {
        EnrolOutcome.Searchable => EnrolStatus.Searchable,
        EnrolOutcome.Stored => EnrolStatus.Stored,
        EnrolOutcome.Duplicate => EnrolStatus.Duplicate,
        EnrolOutcome.Conflict => EnrolStatus.Conflict,
        _ => throw new InvalidOperationException($"No status for the outcome {outcome}."),
    };
}
