namespace OrleansGallery.Abstractions;

/// <summary>Which suggestions are asked for.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SuggestionQuery")]
public sealed record SuggestionQuery
{
    /// <summary>The lowest score; null: that of the last search.</summary>
    [Id(0)]
    public double? MinScore { get; init; }

    /// <summary>The place in the list at which the page starts; the last page's <see cref="SuggestionPage.Next"/>.
    /// </summary>
    [Id(1)]
    public int Start { get; init; }

    /// <summary>At most so many.</summary>
    [Id(2)]
    public required int Limit { get; init; }

    /// <summary>Whether the pairs are asked for that were put aside, the last one first.</summary>
    [Id(3)]
    public bool IsDismissed { get; init; }
}
