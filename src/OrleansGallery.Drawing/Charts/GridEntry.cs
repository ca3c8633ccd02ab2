namespace OrleansGallery.Drawing;

/// <summary>A line of text and rows of images below it.</summary>
/// <param name="Text">The line.</param>
/// <param name="Rows">The rows; the first image of each stands apart from the others.</param>
public sealed record GridEntry(string Text, IReadOnlyList<IReadOnlyList<ImageTile>> Rows);
