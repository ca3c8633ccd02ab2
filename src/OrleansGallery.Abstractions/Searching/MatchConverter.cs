using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary>Carries <see cref="Match"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class MatchConverter : IConverter<Match, MatchOnTheWire>
{
    /// <inheritdoc />
    public Match ConvertFromSurrogate(in MatchOnTheWire surrogate) =>
        new(surrogate.IdentityId, surrogate.Score, surrogate.Count);

    /// <inheritdoc />
    public MatchOnTheWire ConvertToSurrogate(in Match value) => new()
    {
        IdentityId = value.IdentityId, Score = value.Score, Count = value.Count,
    };
}
