namespace OrleansGallery.Server;

/// <summary>Marks the endpoints of the group of galleries; a test finds those that do not hang there.</summary>
internal sealed class GalleryRouteMark;
