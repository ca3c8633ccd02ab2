using System.Diagnostics;

namespace OrleansGallery.Cli;

/// <summary>Starts this program again, in a process of its own.</summary>
internal static class GalleryProgram
{
    private const string Name = "gallery";

    /// <param name="arguments">The command line.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Environment variables beside those of this process.</param>
    public static Process Start(
        IEnumerable<string> arguments, string folder, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // Run as `dotnet gallery.dll`, and hosted by tests, this process's own file is another.
        bool isOwn = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == Name;
        ProcessStartInfo start = new(isOwn ? Environment.ProcessPath! : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        if (!isOwn)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"));
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string variable, string value) in variables)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }
}
