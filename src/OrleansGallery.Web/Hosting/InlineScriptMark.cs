namespace OrleansGallery.Web;

/// <summary>Marks those of the page's endpoints whose HTML carries a script, which <see cref="PageGuard"/> lets run by
/// its <see cref="ScriptNonce"/>.</summary>
internal sealed class InlineScriptMark;
