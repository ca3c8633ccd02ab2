using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Grains;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>The one list of sections. Their keys are the properties of the options types.</summary>
internal static class KnownSettings
{
    /// <summary>.NET's own section, whose keys are names of log categories.</summary>
    public const string FreeSection = "Logging";

    public static IReadOnlyList<SettingsSection> Sections { get; } =
    [
        new SettingsSection<ServerOptions>(ServerOptions.Section, new ServerOptionsValidator()),
        new SettingsSection<ClusterMemberOptions>(ClusterMemberOptions.Section, new ClusterMemberOptionsValidator()),
        new SettingsSection<ImagingOptions>(ImagingOptions.Section, new ImagingOptionsValidator()),
        new SettingsSection<BatchingOptions>(BatchingOptions.Section, new BatchingOptionsValidator()),
        new SettingsSection<TorchOptions>(TorchOptions.Section, new TorchOptionsValidator()),
        new SettingsSection<CommitterOptions>(CommitterOptions.Section, new CommitterOptionsValidator()),
        new SettingsSection<CoderOptions>(CoderOptions.Section, new CoderOptionsValidator()),
        new SettingsSection<PartitionOptions>(PartitionOptions.Section, new PartitionOptionsValidator()),
        new SettingsSection<TelemetryOptions>(TelemetryOptions.Section, new TelemetryOptionsValidator()),
        new SettingsSection<PostgresStoreOptions>(PostgresStoreOptions.Section, new PostgresStoreOptionsValidator()),
    ];

    /// <summary>Binds one of them.</summary>
    public static void AddSection<T>(this IServiceCollection services, IConfiguration configuration) =>
        Sections.Single(section => section.Type == typeof(T)).Add(services, configuration);

    /// <summary>Refuses what is wrong in the settings, all at once.</summary>
    /// <exception cref="OptionsValidationException">One failure each.</exception>
    public static void Require(IReadOnlyList<string> failuresOfSources, IConfiguration configuration)
    {
        if (Faults(failuresOfSources, configuration) is { Count: > 0 } failures)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(ServerOptions), failures);
        }
    }

    /// <summary>What is wrong in the settings.</summary>
    /// <param name="failuresOfSources">What <see cref="SettingsSources"/> found.</param>
    /// <param name="configuration">The settings.</param>
    /// <returns>A sentence each.</returns>
    public static IReadOnlyList<string> Faults(
        IReadOnlyList<string> failuresOfSources, IConfiguration configuration)
    {
        // A value that is written wrongly may be bound as another one; it is named once.
        IEnumerable<string> ofValues = Sections.SelectMany(section => section.Validate(configuration)).Where(
            failure => !failuresOfSources.Any(
                named => named.Contains($"{failure.Split(": ")[0]} ", StringComparison.Ordinal)));
        string[] failures = [.. failuresOfSources, .. ofValues];

        // What sections say together can only be judged once each is right.
        return failures.Length > 0
            ? failures
            : [.. RolesRule.Faults(Read<ServerOptions>(configuration), Read<ClusterMemberOptions>(configuration))];
    }

    /// <summary>Reads a section before there are services.</summary>
    public static T Read<T>(IConfiguration configuration)
        where T : new()
    {
        T options = new();
        configuration.GetSection(Sections.Single(section => section.Type == typeof(T)).Name).Bind(options);
        return options;
    }
}
