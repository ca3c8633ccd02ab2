using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>
/// Decodes and resizes images on threads of its own: a decode takes milliseconds of pure computing, which on the thread
/// pool would hold up everything that waits for it. Images of searches go before those of ingestion.
/// </summary>
internal sealed class DecodingPool : IDisposable
{
    private const int QueueLength = 256;

    private readonly IImageDecoder _decoder;
    private readonly Channel<Job> _interactive = Channel.CreateBounded<Job>(QueueLength);
    private readonly Channel<Job> _bulk = Channel.CreateBounded<Job>(QueueLength);
    private readonly SemaphoreSlim _queued = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopToken;
    private readonly Thread[] _threads;
    private readonly ServerInstruments? _instruments;

    public DecodingPool(
        IImageDecoder decoder, IOptions<ServerOptions> options, ServerInstruments? instruments = null)
    {
        (_decoder, _instruments) = (decoder, instruments);
        instruments?.ObserveDecoding(() => _interactive.Reader.Count, () => _bulk.Reader.Count);
        _stopToken = _stop.Token;
        int threads = options.Value.DecodingThreads;
        _threads = new Thread[threads == 0 ? Environment.ProcessorCount : threads];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"gallery-decoding-{i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Waits while the queue is full.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">Whose input is made.</param>
    /// <param name="transparency">What becomes of alpha.</param>
    /// <param name="thumbnail">Whether a thumbnail is made, too, of the same pixels.</param>
    /// <param name="priority">Which queue.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ImageException">The file is refused.</exception>
    public async Task<DecodedImage> DecodeAsync(
        ReadOnlyMemory<byte> file,
        ModelSummary model,
        Transparency transparency,
        bool thumbnail,
        EmbeddingPriority priority,
        CancellationToken cancellationToken)
    {
        Job job = new(file, model, transparency, thumbnail, priority, cancellationToken);
        Channel<Job> queue = priority == EmbeddingPriority.Interactive ? _interactive : _bulk;
        await queue.Writer.WriteAsync(job, cancellationToken);
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        _queued.Release();
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(_stopToken, cancellationToken);
        return await job.Done.Task.WaitAsync(either.Token);
    }

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        // The semaphore stays: a late caller may be about to release it, and it holds nothing to free.
        _stop.Dispose();
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _queued.Wait(_stopToken);
                if (TryTake(out Job? job))
                {
                    Run(job);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Dispose.
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Job? job) =>
        _interactive.Reader.TryRead(out job) || _bulk.Reader.TryRead(out job);

    private void Run(Job job)
    {
        if (job.CancellationToken.IsCancellationRequested)
        {
            job.Done.TrySetCanceled(job.CancellationToken);
            return;
        }

        long started = Stopwatch.GetTimestamp();
        _instruments?.OnDecodeBegins(job.Priority, job.Queued);
        try
        {
            job.Done.TrySetResult(Decode(job));
        }
#pragma warning disable CA1031 // The exception is the waiting request's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            job.Done.TrySetException(exception);
        }

        _instruments?.OnDecoded(started);
    }

    private DecodedImage Decode(Job job)
    {
        PixelImage image = _decoder.Decode(job.File, job.Transparency);
        return new DecodedImage(InputOf(image, job.Model), job.Thumbnail ? Thumbnails.Make(image) : null);
    }

    private static PixelBlock InputOf(PixelImage picture, ModelSummary model)
    {
        Fit fit = model.CropFrom > 0 ? new Fit(FitKind.Crop, model.CropFrom)
            : new Fit(model.Pad ? FitKind.Pad : FitKind.Stretch);
        PixelImage image = Fitter.Apply(
            picture,
            model.InputHeight,
            model.InputWidth,
            model.Bicubic ? ResizeFilter.Bicubic : ResizeFilter.Bilinear,
            fit);
        byte[] rgb = MemoryMarshal.TryGetArray(image.Pixels, out ArraySegment<byte> whole)
            && whole.Offset == 0 && whole.Count == whole.Array!.Length
                ? whole.Array
                : image.Pixels.ToArray();
        return new PixelBlock { Width = image.Width, Height = image.Height, Rgb = rgb };
    }

    private sealed record Job(
        ReadOnlyMemory<byte> File,
        ModelSummary Model,
        Transparency Transparency,
        bool Thumbnail,
        EmbeddingPriority Priority,
        CancellationToken CancellationToken)
    {
        public long Queued { get; } = Stopwatch.GetTimestamp();

        public TaskCompletionSource<DecodedImage> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
