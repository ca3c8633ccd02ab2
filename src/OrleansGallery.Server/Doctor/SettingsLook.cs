using Microsoft.Extensions.Configuration;

namespace OrleansGallery.Server;

/// <summary>Reads the settings, and says what is wrong with them.</summary>
/// <param name="configuration">Receives them.</param>
/// <param name="configFile">A JSON file of settings, by section; null: none.</param>
/// <param name="settings">Settings that win over all others.</param>
internal sealed class SettingsLook(
    ConfigurationManager configuration, string? configFile, IReadOnlyDictionary<string, string?>? settings)
    : IDoctorCheck
{
    public string Name => "settings";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> faults = KnownSettings.Faults(
            SettingsSources.AddTo(configuration, configFile, settings), configuration);
        foreach (string fault in faults)
        {
            report.Wrong(fault, "Put it right and ask again; nothing else is looked at before.");
        }

        if (faults.Count == 0)
        {
            ServerOptions server = KnownSettings.Read<ServerOptions>(configuration);
            report.Ok(
                $"They are all known and valid; the roles are {string.Join(", ", server.RoleNames)}, the store is "
                + (KnownSettings.Read<ClusterMemberOptions>(configuration).IsShared
                    ? "PostgreSQL." : $"in '{Path.GetFullPath(server.DataFolder)}'."));
        }

        return Task.CompletedTask;
    }
}
