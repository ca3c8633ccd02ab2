using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <inheritdoc />
internal sealed record SettingsSection<T>(string Name, IValidateOptions<T> Rules) : SettingsSection(Name, typeof(T))
    where T : class, new()
{
    public override IEnumerable<string> Validate(IConfiguration configuration)
    {
        T options = new();
        try
        {
            configuration.GetSection(Name).Bind(options);
        }
        catch (InvalidOperationException)
        {
            // A value of a wrong type; that is named where the sources are read.
            return [];
        }

        return (Rules.Validate(null, options).Failures ?? []).Select(WithSection);
    }

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Rules);
        services.AddOptions<T>().Bind(configuration.GetSection(Name)).ValidateOnStart();
    }

    // Failures of attributes begin with the key.
    private string WithSection(string failure)
    {
        int colon = failure.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && typeof(T).GetProperty(failure[..colon]) is not null ? $"{Name}:{failure}" : failure;
    }
}
