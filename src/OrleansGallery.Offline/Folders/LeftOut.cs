namespace OrleansGallery.Offline;

/// <summary>A file or folder that is there and was not taken.</summary>
/// <param name="Path">Its path below the root.</param>
/// <param name="Reason">Why, as the end of a sentence: "it is empty".</param>
public sealed record LeftOut(string Path, string Reason);
