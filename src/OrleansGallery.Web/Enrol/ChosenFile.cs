namespace OrleansGallery.Web;

/// <summary>A file that the reader dropped or chose; its bytes are still the browser's.</summary>
/// <param name="Path">Its path from the folder that was dropped, that folder included; a name alone was dropped
/// alone.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ChosenFile(string Path, long Bytes);
