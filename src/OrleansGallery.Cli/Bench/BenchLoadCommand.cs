using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery bench load</c>: everything at once for a long time, in galleries whose size stays.</summary>
internal sealed class BenchLoadCommand : Command
{
    private readonly Option<double> _minutes = NumberOption.Of(
        "--minutes", "For how long.", 10d, new(0.05, 10_000));

    private readonly Option<double> _pace = NumberOption.Of(
        "--pace", "Vectors a second; of images a fortieth, of searches a fourth.", 200d, new(1, 100_000));

    private readonly Option<int> _identities = NumberOption.Of(
        "--identities", "Identities of vectors that are kept; older ones are deleted.", 2_000, new(10, 10_000_000));

    private readonly Option<FileInfo?> _browser = new("--browser")
    {
        Description = "A Chromium that opens the service's page and leaves it open, for example /usr/bin/chromium.",
    };

    private readonly Option<int> _seed = NumberOption.Of("--seed", "Another seed, other vectors and images.", 1);

    public BenchLoadCommand()
        : base(
            "load",
            "Start a service with an empty folder, enrol vectors and images, search and delete at a steady pace, and "
            + "report its memory minute by minute as Markdown. Exit code 1 where a request failed that should not, or "
            + "where the memory grew.")
    {
        foreach (Option option in (Option[])[_minutes, _pace, _identities, _browser, _seed])
        {
            Add(option);
        }

        Validators.Add(arguments =>
        {
            if (arguments.GetValue(_browser) is { Exists: false } browser)
            {
                arguments.AddError($"--browser: there is no file '{browser}'.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        MixedLoadOptions options = new()
        {
            Duration = TimeSpan.FromMinutes(arguments.GetValue(_minutes)),
            Pace = arguments.GetValue(_pace),
            Identities = arguments.GetValue(_identities),
            Browser = arguments.GetValue(_browser)?.FullName,
            Seed = arguments.GetValue(_seed),
        };
        MixedLoadReport report = await MixedLoad.RunAsync(options, output, cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(report);
        }
        else
        {
            MixedLoadText.Write(report, output);
        }

        return report.IsGood ? CommandLine.Done : CommandLine.Failed;
    }
}
