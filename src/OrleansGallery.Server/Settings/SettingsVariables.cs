using System.Collections;

namespace OrleansGallery.Server;

/// <summary>Settings that come one by one: environment variables, and what the command line says.</summary>
internal static class SettingsVariables
{
    /// <summary>The variables <c>GALLERY_Section__Key</c>; others that begin so are nobody's setting.</summary>
    public static IEnumerable<SettingsValue> ReadEnvironment(IDictionary variables)
    {
        foreach (string name in variables.Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(GalleryHost.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
                && name.Contains("__", StringComparison.Ordinal))
            {
                string[] path = name[GalleryHost.EnvironmentPrefix.Length..].Split("__");
                yield return new SettingsValue(
                    name, path, SettingsKind.Text, variables[name] as string ?? string.Empty);
            }
        }
    }

    /// <summary>Settings by path: <c>Server:Urls</c>.</summary>
    public static IEnumerable<SettingsValue> ReadSettings(IReadOnlyDictionary<string, string?>? settings) =>
        (settings ?? new Dictionary<string, string?>()).Select(setting => new SettingsValue(
            setting.Key, setting.Key.Split(':'), SettingsKind.Text, setting.Value ?? string.Empty));
}
