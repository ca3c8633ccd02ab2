using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Streams items into a gallery: progress, what failed and why, a summary, the exit code.</summary>
internal sealed class IngestRun(GalleryClient client, IngestTally tally, CommandOutput output)
{
    /// <summary>Says that something was not enrolled.</summary>
    public void Report(string file, string code, string message)
    {
        if (tally.AddFailure(new IngestFailure { File = file, Code = code, Message = message })
            && !output.ErrorIsTerminal)
        {
            output.Error.WriteLine($"{file}: {message}");
        }
    }

    /// <summary>Streams, and writes the summary.</summary>
    /// <param name="items">The items, each with its seq.</param>
    /// <param name="nameOf">What an item is called in reports; asked once per item.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> StreamAsync(
        IAsyncEnumerable<IngestItem> items, Func<long, string> nameOf, CancellationToken cancellationToken)
    {
        GalleryApiException? stopped = null;
        await IngestProgress.RunAsync(output, tally, async () =>
        {
            try
            {
                await TakeAcksAsync(items, nameOf, cancellationToken);
            }
            catch (GalleryApiException exception)
            {
                stopped = exception;
            }
        });
        IngestSummary summary = tally.Summarize();
        if (output.ErrorIsTerminal)
        {
            // Lines written beside a live bar would tear it.
            foreach (IngestFailure failure in summary.Failures)
            {
                await output.Error.WriteLineAsync($"{failure.File}: {failure.Message}");
            }
        }

        if (summary.Failed > summary.Failures.Count)
        {
            await output.Error.WriteLineAsync(
                $"{Figures.Count(summary.Failed - summary.Failures.Count)} more were refused.");
        }

        if (stopped is not null)
        {
            await output.Error.WriteLineAsync(
                $"{stopped.Detail} {Figures.Count(tally.Answered)}"
                + (tally.Files is { } files ? $" of {Figures.Count(files)} files" : " rows")
                + " were answered before; run the same command again to go on.");
            return CommandLine.Failed;
        }

        Write(summary);
        return summary.Failed == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private async Task TakeAcksAsync(
        IAsyncEnumerable<IngestItem> items, Func<long, string> nameOf, CancellationToken cancellationToken)
    {
        await foreach (IngestAck ack in client.IngestAsync(
            gallery: tally.Gallery, items, cancellationToken: cancellationToken))
        {
            string file = nameOf(ack.Seq);
            if (ack.Error is { } error)
            {
                if (ErrorCodes.IsOfStorage(error.Code))
                {
                    // Every other file would fare alike.
                    throw new GalleryApiException(null, error.Code, error.Message, error.Retryable);
                }

                Report(file, error.Code, error.Message);
            }
            else
            {
                tally.Add(ack.Status);
            }
        }
    }

    private void Write(IngestSummary summary)
    {
        if (output.IsJson)
        {
            output.WriteJson(summary);
            return;
        }

        output.WriteFields(
            ("enrolled", Figures.Count(summary.Enrolled)),
            ("duplicates", Figures.Count(summary.Duplicates)),
            ("conflicts", Figures.Count(summary.Conflicts)),
            ("failed", Figures.Count(summary.Failed)),
            ("seconds", Figures.Seconds(TimeSpan.FromSeconds(summary.Seconds))),
            ("images per second", Figures.Rate(summary.ImagesPerSecond)));
    }
}
