using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrleansGallery.Cli;

/// <summary>Shows how far an ingest is: a live bar on a terminal, a line now and then elsewhere.</summary>
internal static class IngestProgress
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    public static Task RunAsync(CommandOutput output, IngestTally tally, Func<Task> work) =>
        output.ErrorIsTerminal ? WithBarAsync(output, tally, work) : WithLinesAsync(output, tally, work);

    private static Task WithBarAsync(CommandOutput output, IngestTally tally, Func<Task> work) =>
        output.ProgressConsole().Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new FigureColumn(tally))
            .StartAsync(async progress =>
            {
                ProgressTask bar = progress.AddTask(Markup.Escape(tally.Gallery), maxValue: 1);
                Task running = work();
                while (await Task.WhenAny(running, Task.Delay(BarInterval)) != running)
                {
                    bar.Value = tally.Share;
                }

                bar.Value = tally.Share;
                await running;
            });

    private static async Task WithLinesAsync(CommandOutput output, IngestTally tally, Func<Task> work)
    {
        Task running = work();
        while (await Task.WhenAny(running, Task.Delay(LineInterval)) != running)
        {
            await output.Error.WriteLineAsync(Line(tally));
        }

        await running;
        await output.Error.WriteLineAsync(Line(tally));
    }

    private static string Line(IngestTally tally) =>
        $"{Figures.Count(tally.Answered)}"
        + (tally.Files is { } files ? $" of {Figures.Count(files)}" : string.Empty)
        + $" images, {Figures.Rate(tally.Rate)}/s"
        + (tally.Files is null ? $", {Figures.Percent(tally.Share)} read" : string.Empty)
        + (tally.Left is { } left ? $", {Figures.Duration(left)} left" : string.Empty);

    private sealed class FigureColumn(IngestTally tally) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(Line(tally));
    }
}
