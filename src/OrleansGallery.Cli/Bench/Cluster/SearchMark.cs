namespace OrleansGallery.Cli;

/// <summary>A search that ended.</summary>
/// <param name="At">When, from the start of the watch.</param>
/// <param name="IsComplete">Whether it was answered, completely.</param>
internal readonly record struct SearchMark(TimeSpan At, bool IsComplete);
