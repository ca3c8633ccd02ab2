using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// One ingest request: reads lines, keeps a bounded window of items under way, and answers each line in order. What was
/// read completely is enrolled, whether or not the client is still there.
/// </summary>
internal sealed partial class IngestSession(
    Gallery gallery, ItemEnroller enroller, ServerOptions options, StreamKey key, AuditNote? note,
    ServerInstruments instruments, ILogger logger)
{
    // Bounded by MaxItemsPerRequest.
    private readonly Channel<Task<IngestAck>> _acks =
        Channel.CreateUnbounded<Task<IngestAck>>(new() { SingleReader = true, SingleWriter = true });

    private readonly IngestWindow _window = new(options.MaxItemsInFlight, options.MaxBytesInFlight);
    private readonly Dictionary<(string Identity, string ImageId), Task> _latest = [];
    private long _lines;

    /// <summary>Runs the request to its end.</summary>
    /// <param name="body">The lines; cancelling its pending read ends the reading, as a shutdown does.</param>
    /// <param name="answer">Receives the acks.</param>
    /// <param name="aborted">The client is gone.</param>
    /// <returns>Whether there is nothing left to read of the body.</returns>
    public async Task<bool> RunAsync(PipeReader body, PipeWriter answer, CancellationToken aborted)
    {
        note?.Begin();
        AckWriter writer = new(answer, instruments);
        Task writing = writer.WriteAsync(_acks.Reader);
        try
        {
            return await ReadAsync(new LineReader(body, options.MaxLineBytes), aborted);
        }
        catch (InvalidRequestException exception)
        {
            // The body cannot be inflated any further: the last word, in its place behind the lines before it.
            _acks.Writer.TryWrite(Task.FromResult(Rejected(_lines + 1, null, ErrorMapping.Of(exception))));
            return true;
        }
        catch (Exception exception) when (
            exception is BadHttpRequestException or IOException or ConnectionAbortedException
                or OperationCanceledException)
        {
            Log.BrokenOff(logger, gallery.Name, exception.Message);
            return true;
        }
        finally
        {
            _acks.Writer.Complete();
            await writing;
            note?.End(writer.Accepted, writer.Rejected);
        }
    }

    private async Task<bool> ReadAsync(LineReader lines, CancellationToken aborted)
    {
        int items = 0;
        while (await lines.ReadAsync(aborted) is { } line)
        {
            _lines = line.Number;
            if (items++ == options.MaxItemsPerRequest)
            {
                _acks.Writer.TryWrite(Task.FromResult(TooManyLines(line.Number)));
                return lines.AtEnd;
            }

            if (await KeyFaultAsync() is { } fault)
            {
                _acks.Writer.TryWrite(Task.FromResult(Rejected(line.Number, null, fault)));
                return lines.AtEnd;
            }

            Task<IngestAck> ack = line.TooLong
                ? Task.FromResult(TooLongLine(line.Number))
                : await StartAsync(line);
            _acks.Writer.TryWrite(ack);
        }

        return lines.AtEnd;
    }

    private async ValueTask<Failure?> KeyFaultAsync()
    {
        try
        {
            await key.RequireAsync();
            return null;
        }
        catch (Exception exception) when (
            exception is UnauthorizedException || ClusterFailures.Translate(exception) is { Retryable: true })
        {
            return ErrorMapping.Of(exception);
        }
    }

    /// <summary>Starts an item as soon as the window has room.</summary>
    private async ValueTask<Task<IngestAck>> StartAsync(IngestLine line)
    {
        long seq = line.Number;
        IngestItem? item = null;
        ItemToEnrol checkedItem;
        try
        {
            item = JsonSerializer.Deserialize<IngestItem>(line.Bytes.Span, GalleryJson.Options)
                ?? throw new InvalidRequestException("The line is null.");
            seq = item.Seq ?? line.Number;
            checkedItem = ItemToEnrol.Of(item);
        }
        catch (JsonException exception)
        {
            string message = ErrorMapping.Describe(exception, line.Number);
            return Task.FromResult(Rejected(seq, null, new(400, ErrorCodes.InvalidRequest, message, false)));
        }
        catch (GalleryException exception)
        {
            return Task.FromResult(Rejected(seq, item, ErrorMapping.Of(exception)));
        }

        long bytes = (checkedItem.Image?.LongLength ?? 0) + (checkedItem.Vector.Bytes?.LongLength ?? 0);
        await _window.TakeAsync(bytes);
        (string, string) image = (checkedItem.Identity, checkedItem.ImageId);
        Task before = _latest.GetValueOrDefault(image, Task.CompletedTask);
        Task<IngestAck> ack = Task.Run(() => EnrolAsync(seq, checkedItem, bytes, before));
        _latest[image] = ack;
        return ack;
    }

    /// <param name="seq">The item's number.</param>
    /// <param name="item">The item.</param>
    /// <param name="bytes">What it holds of the window.</param>
    /// <param name="before">The item before it with the same identity and image id: of the two the first must
    /// win.</param>
    private async Task<IngestAck> EnrolAsync(long seq, ItemToEnrol item, long bytes, Task before)
    {
        try
        {
            await before;
            EnrolReceipt receipt = await enroller.EnrolAsync(gallery, item, CancellationToken.None);
            return new IngestAck
            {
                Seq = seq,
                Status = EnrolOutcomes.StatusOf(receipt.Outcome),
                Identity = item.Identity,
                ImageId = item.ImageId,
                Version = receipt.Version,
                Count = receipt.Count,
            };
        }
#pragma warning disable CA1031 // One item's failure, of whatever kind, never stops the stream.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure failure = ErrorMapping.Of(exception);
            if (failure.Code == ErrorCodes.Internal)
            {
                Log.Failed(logger, exception, gallery.Name);
            }

            return new IngestAck
            {
                Seq = seq,
                Status = failure.Code == ErrorCodes.ImageConflict ? EnrolStatus.Conflict : EnrolStatus.Rejected,
                Identity = item.Identity,
                ImageId = item.ImageId,
                Error = failure.ToErrorBody(),
            };
        }
        finally
        {
            _window.Give(bytes);
        }
    }

    private static IngestAck Rejected(long seq, IngestItem? item, Failure failure) => new()
    {
        Seq = seq,
        Status = EnrolStatus.Rejected,
        Identity = item?.Identity,
        ImageId = item?.ImageId,
        Error = failure.ToErrorBody(),
    };

    private IngestAck TooLongLine(long number) => Rejected(number, null, new(
        413,
        ErrorCodes.TooLarge,
        $"Line {number} is longer than {options.MaxLineBytes} bytes "
        + $"({ServerOptions.Section}:{nameof(ServerOptions.MaxLineBytes)}).",
        Retryable: false));

    private IngestAck TooManyLines(long number) => Rejected(number, null, new(
        413,
        ErrorCodes.TooLarge,
        $"A request takes {options.MaxItemsPerRequest} lines ({ServerOptions.Section}:"
        + $"{nameof(ServerOptions.MaxItemsPerRequest)}); line {number} and all after it were not read. Send them in "
        + "another request.",
        Retryable: true));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The ingestion into {Gallery} broke off: {Reason}")]
        public static partial void BrokenOff(ILogger logger, string gallery, string reason);

        [LoggerMessage(LogLevel.Error, "An item of an ingestion into {Gallery} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string gallery);
    }
}
