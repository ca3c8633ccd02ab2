namespace OrleansGallery.Cli;

/// <summary>Attributes as commands print them.</summary>
internal static class AttributesText
{
    /// <summary>The attributes by key; null: there are none.</summary>
    public static string? Of(IReadOnlyDictionary<string, string> attributes) => attributes.Count == 0
        ? null
        : string.Join(", ", attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
}
