using System.Collections.Concurrent;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;

namespace OrleansGallery.TorchTests.Batching;

/// <summary>
/// Answers each number with itself and remembers its batches. While <see cref="Hold"/> is closed, a batch that has
/// begun (see <see cref="Begun"/>) does not end.
/// </summary>
internal sealed class FakeModel : IBatchModel, IDisposable
{
    public ManualResetEventSlim Hold { get; } = new(initialState: true);

    public SemaphoreSlim Begun { get; } = new(0);

    public ConcurrentQueue<int[]> Batches { get; } = new();

    public Func<int, bool> IsBad { get; init; } = _ => false;

    public int? Thread { get; private set; }

    public float[][] Embed(IReadOnlyList<PixelImage> images)
    {
        int[] numbers = [.. images.Select(TestImages.NumberOf)];
        Batches.Enqueue(numbers);
        Thread ??= Environment.CurrentManagedThreadId;
        Assert.Equal(Thread, Environment.CurrentManagedThreadId);
        Begun.Release();
        Hold.Wait();
        return numbers.Any(IsBad)
            ? throw new FormatException($"bad: {string.Join(", ", numbers.Where(IsBad))}")
            : [.. numbers.Select(number => new[] { (float)number })];
    }

    public void Dispose()
    {
        Hold.Dispose();
        Begun.Dispose();
    }
}
