using System.Diagnostics;

namespace OrleansGallery.SystemTests;

/// <summary>
/// The program installed where it cannot write, run by a user who has no home, with the root folder as its working
/// directory.
/// </summary>
internal sealed class Nobody : IDisposable
{
    private const string Id = "65534";
    private const string TorchLibrary = "libLibTorchSharp.so";
    private const long LargestCopied = 20_000_000;

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gallery-nobody-");

    public Nobody()
    {
        SkipUnlessPossible();
        Allow(_root.FullName, Readable);
        Directory.CreateDirectory(Temporary);
        Directory.CreateDirectory(Own);
        foreach (string writable in (string[])[Temporary, Own])
        {
            Allow(writable, Readable | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        }

        Install(AppContext.BaseDirectory, Path.Combine(_root.FullName, "program"));
    }

    /// <summary>The folder for temporary files, which must be left empty.</summary>
    public string Temporary => Path.Combine(_root.FullName, "tmp");

    /// <summary>A folder that the user may write.</summary>
    public string Own => Path.Combine(_root.FullName, "own");

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using Process process = Start(["dotnet", Path.Combine(_root.FullName, "program", "gallery.dll"), .. arguments]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void SkipUnlessPossible()
    {
        string? reason = !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess
            ? "Only root on Linux can run a program as another user."
            : !File.Exists("/usr/bin/setpriv") ? "There is no setpriv here."
            : null;
        if (reason is null)
        {
            using Process process = Start(["dotnet", "--list-runtimes"]);
            process.WaitForExit();
            reason = process.ExitCode == 0 ? null : "The user nobody cannot run dotnet here.";
        }

        if (reason is not null)
        {
            Dispose();
            Assert.Skip(reason);
        }
    }

    private Process Start(string[] command)
    {
        ProcessStartInfo start = new(
            "/usr/bin/setpriv", [$"--reuid={Id}", $"--regid={Id}", "--clear-groups", .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // Its pipes are the runtime's temporary files, not ours.
        return Process.Start(start)!;
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static void Install(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string folder in Directory.EnumerateDirectories(source))
        {
            Install(folder, Path.Combine(target, Path.GetFileName(folder)));
        }

        foreach (string file in Directory.EnumerateFiles(source))
        {
            string copy = Path.Combine(target, Path.GetFileName(file));
            if (new FileInfo(file).Length > LargestCopied)
            {
                File.CreateSymbolicLink(copy, file);
            }
            else
            {
                File.Copy(Path.GetFileName(file) == TorchLibrary ? Uncured(file) : file, copy);
                Allow(copy, Readable);
            }
        }
    }

    // The tests' own processes have cured the library of their folder where the system needs that; the package's is as
    // a new installation has it.
    private static string Uncured(string library)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string torch = Path.Combine(packages, "torchsharp");
        return (Directory.Exists(torch)
            ? Directory.EnumerateFiles(torch, TorchLibrary, SearchOption.AllDirectories).FirstOrDefault()
            : null) ?? library;
    }
}
