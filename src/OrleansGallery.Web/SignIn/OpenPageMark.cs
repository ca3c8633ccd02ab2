namespace OrleansGallery.Web;

/// <summary>Marks those of the page's endpoints that visitors see before they sign in.</summary>
internal sealed class OpenPageMark;
