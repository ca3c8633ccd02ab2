using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Writes acks in the order of their lines, each as soon as it and all before it are known.</summary>
internal sealed class AckWriter(PipeWriter answer, ServerInstruments instruments)
{
    private const int FlushBytes = 16 * 1024;

    /// <summary>How many items were enrolled, or had been before.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many were not.</summary>
    public long Rejected { get; private set; }

    /// <summary>
    /// Runs beside the reading of the body: many clients send all of it before they read, so waiting for them here must
    /// never stop the reading. A client that is gone ends the writing, not the enrolment.
    /// </summary>
    public async Task WriteAsync(ChannelReader<Task<IngestAck>> acks)
    {
        bool gone = false;
        using Utf8JsonWriter json = new(answer, new JsonWriterOptions { Encoder = GalleryJson.Options.Encoder });
        await foreach (Task<IngestAck> pending in acks.ReadAllAsync())
        {
            IngestAck ack = await pending;
            instruments.OnAnswered(ack);
            Count(ack);
            if (gone)
            {
                continue;
            }

            JsonSerializer.Serialize(json, ack, GalleryJson.Options);
            json.Flush();
            json.Reset();
            answer.Write("\n"u8);
            bool more = acks.TryPeek(out Task<IngestAck>? next) && next.IsCompleted;
            if (!more || answer.UnflushedBytes >= FlushBytes)
            {
                gone = !await FlushAsync();
            }
        }
    }

    private void Count(IngestAck ack)
    {
        if (ack.Error is null)
        {
            Accepted++;
        }
        else
        {
            Rejected++;
        }
    }

    private async ValueTask<bool> FlushAsync()
    {
        try
        {
            FlushResult result = await answer.FlushAsync();
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
