using System.Diagnostics;
using OrleansGallery.Cli;
using OrleansGallery.Client;

namespace OrleansGallery.SystemTests;

/// <summary>A real <c>gallery serve</c> process on a free port of the loopback address.</summary>
internal sealed class GalleryProcess : IDisposable
{
    private readonly ServeProcess _served;

    private GalleryProcess(ServeProcess served) => _served = served;

    /// <summary>Where it listens.</summary>
    public Uri Url => _served.Url;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => _served.IsRunning;

    /// <summary>What it wrote to standard error.</summary>
    public string Errors => _served.Errors;

    /// <summary>The native and managed libraries that it has loaded (Linux).</summary>
    public string[] Modules =>
    [
        .. File.ReadLines($"/proc/{_served.Id}/maps").Select(line => Path.GetFileName(line)).Distinct(),
    ];

    /// <summary>Starts a service that is all of its cluster.</summary>
    public static Task<GalleryProcess> StartAsync(string dataFolder) => ServeAsync("--data", dataFolder);

    /// <summary>Starts a service on a free port.</summary>
    /// <param name="options">Further options of <c>gallery serve</c>.</param>
    /// <returns>The service, once it listens.</returns>
    public static async Task<GalleryProcess> ServeAsync(params string[] options) =>
        new(await ServeProcess.StartAsync(options, []));

    /// <summary>Runs a command of the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Exit code, standard output and standard error.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunInAsync(Environment.CurrentDirectory, arguments);

    /// <summary>Runs a command in a working directory.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="arguments">The command's arguments.</param>
    /// <returns>Exit code, standard output and standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunInAsync(
        string folder, params string[] arguments)
    {
        using Process process = GalleryProgram.Start(arguments, folder, []);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command and kills it (SIGKILL) as soon as a condition holds.</summary>
    /// <param name="condition">Asked every few milliseconds.</param>
    /// <param name="arguments">The command's arguments.</param>
    /// <returns>False where the command ended first.</returns>
    public static async Task<bool> KillWhenAsync(Func<bool> condition, params string[] arguments)
    {
        using Process command = GalleryProgram.Start(arguments, Environment.CurrentDirectory, []);
        command.BeginOutputReadLine();
        command.BeginErrorReadLine();
        while (!command.HasExited && !condition())
        {
            await Task.Delay(5);
        }

        if (command.HasExited)
        {
            return false;
        }

        command.Kill(entireProcessTree: true);
        await command.WaitForExitAsync();
        return true;
    }

    /// <summary>A client of this process.</summary>
    /// <returns>The client.</returns>
    public GalleryClient Connect() => new(Url);

    /// <summary>Sends a signal.</summary>
    /// <param name="name">Its name without SIG.</param>
    public void Signal(string name) => _served.Signal(name);

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> EndedAsync() => _served.EndedAsync();

    /// <summary>Ends the process as a power cut would (SIGKILL).</summary>
    public void Kill() => _served.Kill();

    public void Dispose() => _served.Dispose();
}
