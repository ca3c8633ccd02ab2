using Microsoft.Extensions.Configuration;

namespace OrleansGallery.Server;

/// <summary>Where settings come from: a file, over it the environment, over both what the caller says.</summary>
internal static class SettingsSources
{
    /// <summary>Adds the sources.</summary>
    /// <param name="configuration">Receives them.</param>
    /// <param name="configFile">A JSON file of settings, by section; null: none.</param>
    /// <param name="settings">Settings that win over all others, for example <c>Server:Urls</c>.</param>
    /// <returns>What is wrong with the names, the shapes and the types of their values.</returns>
    /// <exception cref="InvalidDataException">The file is no JSON object.</exception>
    public static IReadOnlyList<string> AddTo(
        ConfigurationManager configuration, string? configFile, IReadOnlyDictionary<string, string?>? settings)
    {
        string? file = configFile is null ? null : Path.GetFullPath(configFile);
        string[] failures =
        [
            .. SettingsCheck.Failures(file is null ? [] : SettingsFile.Read(file)),
            .. SettingsCheck.Failures(SettingsVariables.ReadEnvironment(Environment.GetEnvironmentVariables())),
            .. SettingsCheck.Failures(SettingsVariables.ReadSettings(settings)),
        ];
        try
        {
            if (file is not null)
            {
                configuration.AddJsonFile(file, optional: false, reloadOnChange: false);
            }
        }
        catch (InvalidDataException) when (failures.Length > 0)
        {
            // A key that is there twice, for one; it is among the failures.
        }

        configuration.AddEnvironmentVariables(GalleryHost.EnvironmentPrefix);
        configuration.AddInMemoryCollection(settings);
        return failures;
    }
}
