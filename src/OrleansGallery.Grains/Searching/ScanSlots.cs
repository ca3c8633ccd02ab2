namespace OrleansGallery.Grains;

/// <summary>
/// Keeps scans from taking more threads than the machine has: a scan that finds the silo idle gets all cores, one that
/// finds it busy gets one, and what exceeds the cores waits in line.
/// </summary>
internal sealed class ScanSlots : IDisposable
{
    private static readonly int Cores = Environment.ProcessorCount;

    private readonly SemaphoreSlim _slots = new(Cores);

    /// <summary>Runs a scan on a pool thread.</summary>
    /// <typeparam name="T">Its answer.</typeparam>
    /// <param name="scan">The scan, given the number of threads that it may use.</param>
    /// <returns>Its answer.</returns>
    public async Task<T> RunAsync<T>(Func<int, T> scan)
    {
        await _slots.WaitAsync();
        try
        {
            int threads = Math.Max(1, _slots.CurrentCount + 1);
            return await Task.Run(() => scan(threads));
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _slots.Dispose();
}
