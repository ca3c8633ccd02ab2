using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Filters of the wire as scans take them.</summary>
internal static class AttributeFilters
{
    /// <summary>The filter.</summary>
    /// <param name="matches">What is asked of attributes.</param>
    /// <returns>The filter; null: nothing is asked.</returns>
    public static AttributeFilter? Of(IReadOnlyList<AttributeMatch> matches) => matches.Count == 0
        ? null
        : new AttributeFilter(Choices(matches, isNot: false), Choices(matches, isNot: true));

    private static AttributeChoice[] Choices(IReadOnlyList<AttributeMatch> matches, bool isNot) =>
    [
        .. matches.Where(match => match.IsNot == isNot).Select(match => new AttributeChoice(match.Key, match.Values)),
    ];
}
