using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>
/// One call of <see cref="GalleryClient.IngestAsync"/>: a pump reads the source into a queue, senders take batches from
/// it, and the caller's enumeration awaits the answers in the order of the items.
/// </summary>
internal sealed class IngestStream(ApiConnection api, string path, IngestOptions options)
{
    private const int StorageAttempts = 3;

    private readonly Channel<PendingItem> _inOrder = Channel.CreateUnbounded<PendingItem>();
    private readonly Channel<PendingItem> _toSend = Channel.CreateUnbounded<PendingItem>();
    private readonly ItemWindow _window = new(options.MaxItemsInFlight, options.MaxBytesInFlight);
    private readonly Dictionary<(string?, string?), Task> _underWay = [];
    private readonly Lock _batching = new();

    public async IAsyncEnumerable<IngestAck> RunAsync(
        IAsyncEnumerable<IngestItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Not awaited at the end: a source that ignores its token would hold up a caller who stopped early.
        _ = PumpAsync(items, stop.Token);
        Task[] senders = [.. Enumerable.Range(0, options.MaxRequests).Select(_ => SendUntilStoppedAsync(stop.Token))];
        try
        {
            await foreach (PendingItem item in _inOrder.Reader.ReadAllAsync(cancellationToken))
            {
                IngestAck ack = await item.Answer.Task.WaitAsync(cancellationToken);
                _window.Give(item.Bytes);
                yield return ack;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(senders);
        }
    }

    private async Task PumpAsync(IAsyncEnumerable<IngestItem> items, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            long number = 0;
            await foreach (IngestItem item in items.WithCancellation(cancellationToken))
            {
                PendingItem pending = new(item, ++number);
                await _window.TakeAsync(pending.Bytes, cancellationToken);
                await WaitForTwinAsync(pending, cancellationToken);
                _inOrder.Writer.TryWrite(pending);
                _toSend.Writer.TryWrite(pending);
            }
        }
#pragma warning disable CA1031 // What the source throws is thrown to the caller, after the acks before it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        _inOrder.Writer.TryComplete(failure);
    }

    /// <summary>Of two items with the same identity and image id the first must win, whatever requests carry
    /// them.</summary>
    private async Task WaitForTwinAsync(PendingItem item, CancellationToken cancellationToken)
    {
        if (_underWay.TryGetValue(item.Key, out Task? twin))
        {
            await ((Task)twin.ContinueWith(static _ => { }, TaskScheduler.Default)).WaitAsync(cancellationToken);
        }

        _underWay[item.Key] = item.Answer.Task;
        if (_underWay.Count > 2 * options.MaxItemsInFlight)
        {
            foreach ((string?, string?) key in _underWay.Where(p => p.Value.IsCompleted).Select(p => p.Key).ToList())
            {
                _underWay.Remove(key);
            }
        }
    }

    private async Task SendUntilStoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _toSend.Reader.WaitToReadAsync(cancellationToken))
            {
                List<PendingItem> batch = TakeBatch();
                if (batch.Count > 0)
                {
                    await SendOrFailAsync(batch, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has its acks, or has stopped asking.
        }
    }

    /// <summary>A defect met while sending must reach the caller instead of leaving the items unanswered.</summary>
    private async Task SendOrFailAsync(List<PendingItem> batch, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            foreach (PendingItem item in batch)
            {
                item.Fail(exception);
            }
        }
    }

    private List<PendingItem> TakeBatch()
    {
        List<PendingItem> batch = [];
        long bytes = 0;
        lock (_batching)
        {
            while (batch.Count < options.MaxBatchItems
                && _toSend.Reader.TryPeek(out PendingItem? next)
                && (batch.Count == 0 || bytes + next.Bytes <= options.MaxBatchBytes)
                && _toSend.Reader.TryRead(out PendingItem? item))
            {
                batch.Add(item);
                bytes += item.Bytes;
            }
        }

        return batch;
    }

    private async Task SendAsync(List<PendingItem> batch, CancellationToken cancellationToken)
    {
        int answered = 0;
        GalleryApiException failure;
        try
        {
            foreach (PendingItem item in batch)
            {
                item.Attempts++;
            }

            await foreach (IngestAck ack in ExchangeAsync(batch, cancellationToken))
            {
                if (ack.Seq != answered + 1 || answered == batch.Count)
                {
                    throw GalleryApiException.Broken(api.Address, $"ack {ack.Seq} came where {answered + 1} was due");
                }

                TakeAck(batch[answered++], ack, cancellationToken);
            }

            failure = GalleryApiException.Broken(api.Address, "the answer ended early");
        }
        catch (GalleryApiException exception)
        {
            failure = exception;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = GalleryApiException.Broken(
                api.Address, $"no ack for {options.AckTimeout.TotalSeconds:0.#} seconds", exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException)
        {
            failure = GalleryApiException.Broken(api.Address, exception.GetBaseException().Message, exception);
        }

        await ResendAsync(batch[answered..], failure, cancellationToken);
    }

    private async IAsyncEnumerable<IngestAck> ExchangeAsync(
        List<PendingItem> batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(options.AckTimeout);
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new NdjsonContent(batch, () => silence.CancelAfter(options.AckTimeout)),
        };
        // A refusal of the whole request is heard before its body is on the way.
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await api.SendAsync(request, silence.Token);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(silence.Token));
        while (await reader.ReadLineAsync(silence.Token) is { } line)
        {
            silence.CancelAfter(options.AckTimeout);
            yield return JsonSerializer.Deserialize<IngestAck>(line, GalleryJson.Options)
                ?? throw GalleryApiException.Broken(api.Address, "an ack is null");
        }
    }

    private void TakeAck(PendingItem item, IngestAck ack, CancellationToken cancellationToken)
    {
        if (ack.Error is { Retryable: true } error && item.Attempts < AttemptsFor(error.Code))
        {
            _ = QueueAgainAsync(item, cancellationToken);
            return;
        }

        item.Answer.TrySetResult(ack with { Seq = item.Seq });
    }

    // People make room on a disk, which takes longer than all attempts; the caller should hear of it soon.
    private int AttemptsFor(string code) => ErrorCodes.IsOfStorage(code)
        ? Math.Min(StorageAttempts, options.MaxAttempts)
        : options.MaxAttempts;

    private async Task QueueAgainAsync(PendingItem item, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(options.DelayAfter(item.Attempts), cancellationToken);
            _toSend.Writer.TryWrite(item);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the ack any more.
        }
    }

    private async Task ResendAsync(
        List<PendingItem> unanswered, GalleryApiException failure, CancellationToken cancellationToken)
    {
        int attempts = 0;
        List<PendingItem> again = [];
        foreach (PendingItem item in unanswered)
        {
            if (failure.Code == ErrorCodes.RateLimited)
            {
                // Not looked at at all; the service says when it will be.
                item.Attempts--;
            }

            if (failure.Retryable && item.Attempts < options.MaxAttempts)
            {
                again.Add(item);
                attempts = Math.Max(attempts, item.Attempts);
            }
            else
            {
                item.Fail(failure);
            }
        }

        if (again.Count == 0)
        {
            return;
        }

        // This sender waits too: the service, not one item, is in trouble.
        TimeSpan pause = options.DelayAfter(Math.Max(attempts, 1));
        await Task.Delay(failure.RetryAfter > pause ? failure.RetryAfter.Value : pause, cancellationToken);
        foreach (PendingItem item in again)
        {
            _toSend.Writer.TryWrite(item);
        }
    }
}
