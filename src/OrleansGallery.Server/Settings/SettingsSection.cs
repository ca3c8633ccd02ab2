using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansGallery.Server;

/// <summary>
/// A section of the settings: an options type under a name, with the rules that its attributes state.
/// </summary>
internal abstract record SettingsSection(string Name, Type Type)
{
    /// <summary>What is wrong with the section's values.</summary>
    public abstract IEnumerable<string> Validate(IConfiguration configuration);

    /// <summary>Binds the options type to the section; values are checked at the start.</summary>
    public abstract void Add(IServiceCollection services, IConfiguration configuration);
}
