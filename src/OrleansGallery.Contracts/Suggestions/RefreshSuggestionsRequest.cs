using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST /v1/galleries/{g}/suggestions:refresh</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RefreshSuggestionsRequest
{
    /// <summary>The lowest score of a pair, -1 to 1. Default: the gallery's threshold; without one, any.</summary>
    public double? MinScore { get; init; }

    /// <summary>How many pairs are kept, the best: 1 to 900. Default: 500.</summary>
    public int? Pairs { get; init; }

    /// <summary>Whether all identities are searched for again. Default: false, only those that changed since the last
    /// search of the same <see cref="MinScore"/> and <see cref="Pairs"/>.</summary>
    public bool Full { get; init; }
}
