namespace OrleansGallery.Drawing;

/// <summary>A heading and what belongs below it.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Entries">What is below it.</param>
public sealed record GridSection(string Title, IReadOnlyList<GridEntry> Entries);
