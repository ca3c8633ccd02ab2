namespace OrleansGallery.Cli;

/// <summary>A process of the cluster that is measured; it may be stopped and started again.</summary>
internal sealed class BenchSilo(
    string name, string roles, string folder, IReadOnlyDictionary<string, string> variables) : IDisposable
{
    private ServeProcess? _process;

    public string Name => name;

    public bool IsRunning => _process?.IsRunning == true;

    public Uri Url => _process!.Url;

    public TimeSpan CpuTime => _process!.CpuTime;

    public async Task StartAsync() => _process = await ServeProcess.StartAsync(
        ["--data", Path.Combine(folder, name), "--roles", roles, "--name", name], variables);

    /// <summary>SIGTERM: it hands over first.</summary>
    public async Task StopAsync()
    {
        _process!.Signal("TERM");
        await _process.EndedAsync();
        Dispose();
    }

    /// <summary>SIGKILL.</summary>
    public void Dispose()
    {
        _process?.Dispose();
        _process = null;
    }
}
