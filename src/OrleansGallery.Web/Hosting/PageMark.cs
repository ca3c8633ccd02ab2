namespace OrleansGallery.Web;

/// <summary>Marks the page's own endpoints, for <see cref="PageGuard"/>.</summary>
internal sealed class PageMark;
