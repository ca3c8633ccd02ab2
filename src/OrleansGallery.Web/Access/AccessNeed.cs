using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>What something on the page takes of the visitor's key.</summary>
/// <param name="Role">The least role.</param>
/// <param name="Gallery">The gallery that it must be good for; null: none in particular.</param>
/// <param name="AllGalleries">Whether it must be good for all galleries.</param>
internal readonly record struct AccessNeed(KeyRole Role, string? Gallery, bool AllGalleries);
