using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Observations in the words of the HTTP API.</summary>
internal static class ObservationAnswers
{
    public static ObservationResponse Of(ObservationOutcome outcome) => new()
    {
        Status = StatusOf(outcome.Record.Decision),
        Duplicate = outcome.IsDuplicate,
        ObservationId = outcome.Record.ObservationId,
        Identity = outcome.IdentityId,
        State = outcome.Identity is { } identity ? StateOf(identity.Attributes) : null,
        SimilarTo = outcome.Identity?.Attributes.GetValueOrDefault(ReservedAttributes.SimilarTo),
        Count = outcome.Identity?.Count ?? 0,
        Version = outcome.Identity?.Version ?? 0,
        ImageIds = [.. outcome.Record.Images.Select(image => image.ImageId)],
        Candidates = CandidatesOf(outcome.Record),
        JoinThreshold = outcome.Record.JoinThreshold,
        FoundThreshold = outcome.Record.FoundThreshold,
        Margin = outcome.Record.Margin,
        DecidedAt = outcome.Record.DecidedAt,
        UndoneAt = outcome.Record.UndoneAt,
    };

    public static ObservedIdentity Of(IdentityEntry entry, ObservationRecord? record) => new()
    {
        Identity = entry.IdentityId,
        State = StateOf(entry.Attributes),
        ObservationId = entry.Attributes.GetValueOrDefault(ReservedAttributes.Observation),
        SeenAt = DateTimeOffset.TryParse(
            entry.Attributes.GetValueOrDefault(ReservedAttributes.Seen), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset seen) ? seen : null,
        SimilarTo = entry.Attributes.GetValueOrDefault(ReservedAttributes.SimilarTo),
        Count = entry.Count,
        Version = entry.Version,
        Candidates = record is null ? [] : CandidatesOf(record),
    };

    public static IdentityState StateOf(IReadOnlyDictionary<string, string> attributes) =>
        attributes.GetValueOrDefault(ReservedAttributes.State) switch
        {
            ReservedAttributes.Provisional => IdentityState.Provisional,
            ReservedAttributes.Ambiguous => IdentityState.Ambiguous,
            _ => IdentityState.Confirmed,
        };

    private static ObservationStatus StatusOf(ObservationDecision decision) => decision switch
    {
        ObservationDecision.Joined => ObservationStatus.Joined,
        ObservationDecision.Founded => ObservationStatus.Founded,
        ObservationDecision.Parked => ObservationStatus.Parked,
        _ => throw new InvalidOperationException($"No status for the decision {decision}."),
    };

    private static ObservationMatch[] CandidatesOf(ObservationRecord record) =>
    [
        .. record.Candidates.Select(candidate => new ObservationMatch
        {
            Identity = candidate.IdentityId, Score = candidate.Score,
        }),
    ];
}
