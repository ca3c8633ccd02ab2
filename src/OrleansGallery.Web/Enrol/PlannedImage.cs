namespace OrleansGallery.Web;

/// <summary>A chosen file and whose image it will be.</summary>
/// <param name="Place">Its place in the browser's list.</param>
/// <param name="Path">Its path.</param>
/// <param name="Identity">The identity.</param>
public sealed record PlannedImage(int Place, string Path, string Identity);
