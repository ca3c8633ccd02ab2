using System.Diagnostics;
using System.Text;
using OrleansGallery.Client;

namespace OrleansGallery.SystemTests;

/// <summary>A real <c>gallery serve</c> process on a free port of the loopback address.</summary>
internal sealed class GalleryProcess : IDisposable
{
    private const string Announcement = "Listening on ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private GalleryProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>What it wrote to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The native and managed libraries that it has loaded (Linux).</summary>
    public string[] Modules =>
    [
        .. File.ReadLines($"/proc/{_process.Id}/maps").Select(line => Path.GetFileName(line)).Distinct(),
    ];

    /// <summary>Starts a service that is all of its cluster.</summary>
    public static Task<GalleryProcess> StartAsync(string dataFolder) => ServeAsync("--data", dataFolder);

    /// <summary>Starts a service on a free port.</summary>
    /// <param name="options">Further options of <c>gallery serve</c>.</param>
    /// <returns>The service, once it listens.</returns>
    public static async Task<GalleryProcess> ServeAsync(params string[] options)
    {
        GalleryProcess server = new(Start(["serve", "--urls", "http://127.0.0.1:0", .. options]));
        server._process.ErrorDataReceived += (_, line) =>
        {
            lock (server._errors)
            {
                server._errors.AppendLine(line.Data);
            }
        };
        server._process.BeginErrorReadLine();
        using CancellationTokenSource timeout = new(StartTimeout);
        while (await server._process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                server.Url = new Uri(line[Announcement.Length..]);
                return server;
            }
        }

        await server._process.WaitForExitAsync(timeout.Token);
        throw new InvalidOperationException($"The service did not start: {server.Errors}");
    }

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
        using Process process = Start(arguments, folder);
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
        using GalleryProcess command = new(Start(arguments));
        command._process.BeginOutputReadLine();
        command._process.BeginErrorReadLine();
        while (command.IsRunning && !condition())
        {
            await Task.Delay(5);
        }

        return command.IsRunning;
    }

    /// <summary>A client of this process.</summary>
    /// <returns>The client.</returns>
    public GalleryClient Connect() => new(Url);

    /// <summary>Sends a signal.</summary>
    /// <param name="name">Its name without SIG.</param>
    public void Signal(string name)
    {
        // A shell's own command: a minimal system has no other.
        using Process shell = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);
        shell.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndedAsync()
    {
        using CancellationTokenSource timeout = new(StartTimeout);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as a power cut would (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static Process Start(params string[] arguments) => Start(arguments, Environment.CurrentDirectory);

    private static Process Start(string[] arguments, string folder)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "gallery.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }
}
