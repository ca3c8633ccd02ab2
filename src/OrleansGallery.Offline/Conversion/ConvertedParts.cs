namespace OrleansGallery.Offline;

/// <summary>The parts in their order, and as folders and lists name them.</summary>
internal static class ConvertedParts
{
    public static ConvertedPart[] All { get; } = Enum.GetValues<ConvertedPart>();

    public static string Word(this ConvertedPart part) => part.ToString().ToLowerInvariant();
}
