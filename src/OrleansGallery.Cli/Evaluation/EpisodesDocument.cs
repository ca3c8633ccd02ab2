using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery episodes --json</c> writes.</summary>
internal sealed record EpisodesDocument
{
    public required string Model { get; init; }

    /// <summary>Identities that episodes are drawn from.</summary>
    public required int Identities { get; init; }

    /// <summary>All their images.</summary>
    public required int Images { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<EpisodeResult> Results { get; init; }
}
