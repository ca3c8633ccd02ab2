namespace OrleansGallery.Server;

/// <summary>One value of the settings before it is bound.</summary>
/// <param name="Place">Where it stands, for messages: <c>gallery.json: Server:Urls</c> or a variable's name.</param>
/// <param name="Path">The names that lead to it.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Text">What is written; for objects and arrays without meaning.</param>
internal readonly record struct SettingsValue(string Place, string[] Path, SettingsKind Kind, string Text);
