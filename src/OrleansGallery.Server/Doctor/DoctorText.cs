using System.Globalization;

namespace OrleansGallery.Server;

/// <summary>Figures and names as findings have them.</summary>
internal static class DoctorText
{
    private const double Unit = 1024;

    public static string Bytes(long bytes) => bytes >= Unit * Unit * Unit
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (Unit * Unit * Unit):0.0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (Unit * Unit):0} MiB");

    /// <summary>A setting of the server, with its option where it has one.</summary>
    public static string Setting(string key, string? option = null) =>
        $"{ServerOptions.Section}:{key}{(option is null ? string.Empty : $" ({option})")}";
}
