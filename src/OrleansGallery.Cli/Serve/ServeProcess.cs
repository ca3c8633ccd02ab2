using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OrleansGallery.Cli;

/// <summary>A <c>gallery</c> process that serves, on a free port of the loopback address.</summary>
internal sealed class ServeProcess : IDisposable
{
    private const string Announcement = "Listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _said = new();

    private ServeProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>What it wrote to standard output before it listened.</summary>
    public string Said => _said.ToString();

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

    /// <summary>How long its threads have worked.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory that is in RAM, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="options">Options of <c>gallery serve</c>.</param>
    /// <param name="variables">Environment variables beside those of this process.</param>
    /// <returns>The service, once it listens.</returns>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static Task<ServeProcess> StartAsync(
        IEnumerable<string> options, IEnumerable<KeyValuePair<string, string>> variables) =>
        StartCommandAsync(["serve", "--urls", "http://127.0.0.1:0", .. options], variables);

    /// <param name="arguments">The command and its options.</param>
    /// <param name="variables">Environment variables beside those of this process.</param>
    /// <returns>The service, once it listens.</returns>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<ServeProcess> StartCommandAsync(
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> variables)
    {
        ServeProcess server = new(GalleryProgram.Start(arguments, Environment.CurrentDirectory, variables));
        try
        {
            await server.ListenAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="name">Its name without SIG.</param>
    public void Signal(string name)
    {
        // A shell's own command: a minimal system has no other.
        string order = string.Create(CultureInfo.InvariantCulture, $"kill -{name} {_process.Id}");
        using Process shell = Process.Start("/bin/sh", ["-c", order]);
        shell.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndedAsync()
    {
        using CancellationTokenSource timeout = new(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
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

    private async Task ListenAsync()
    {
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        using CancellationTokenSource timeout = new(Patience);
        while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                Url = new Uri(line[Announcement.Length..]);
                return;
            }

            _said.AppendLine(line);
        }

        await _process.WaitForExitAsync(timeout.Token);
        throw new InvalidOperationException($"The service did not start: {Errors}");
    }
}
