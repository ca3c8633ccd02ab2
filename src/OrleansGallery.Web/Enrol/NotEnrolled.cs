namespace OrleansGallery.Web;

/// <summary>A file that was not enrolled, and why.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Code">The service's code; <c>stray</c>: it is in no identity's folder; <c>unreadable</c>: the browser
/// could not read it.</param>
/// <param name="Reason">In words.</param>
public sealed record NotEnrolled(string Path, string Code, string Reason);
