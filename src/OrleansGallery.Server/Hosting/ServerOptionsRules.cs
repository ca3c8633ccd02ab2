using Microsoft.Extensions.Options;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Checks what no range can say of <see cref="ServerOptions"/>.</summary>
internal sealed class ServerOptionsRules : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        List<string> failures = [];
        string[] urls = ListenAddress.Split(options.Urls);
        if (urls.Length == 0)
        {
            failures.Add($"{ServerOptions.Section}:{nameof(ServerOptions.Urls)} names no address.");
        }

        foreach (string url in urls)
        {
            if (!ListenAddress.TryParse(url, out _, out string? failure))
            {
                failures.Add(failure);
            }
        }

        if (!RolesOf(options).ToHashSet(StringComparer.Ordinal).SetEquals(SiloRoles.All))
        {
            failures.Add(
                $"{ServerOptions.Section}:{nameof(ServerOptions.Roles)} is '{options.Roles}'; so far one process has "
                + $"all roles: '{string.Join(',', SiloRoles.All)}'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    public static string[] RolesOf(ServerOptions options) => (options.Roles ?? string.Empty).Split(
        ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
