using System.CommandLine;
using System.CommandLine.Invocation;

namespace OrleansGallery.Cli;

/// <summary>The command line: parses it, runs one command, and turns every failure into one line and an exit
/// code.</summary>
internal static class CommandLine
{
    /// <summary>The command did all it was asked to.</summary>
    public const int Done = 0;

    /// <summary>It failed, or some of it did.</summary>
    public const int Failed = 1;

    /// <summary>It was not asked in a way it understands.</summary>
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ParseResult parsed;
        try
        {
            // An argument may begin with '@', as '@eaDir' does; it names no file of further arguments.
            parsed = CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        }
        catch (InvalidOperationException exception)
        {
            // A command's own check read an option whose text is no value of its type.
            await error.WriteLineAsync(exception.Message);
            return WrongUsage;
        }

        return parsed.Action is ParseErrorAction
            ? await RefuseAsync(parsed, error)
            : await InvokeAsync(parsed, output, error);
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, TextWriter error)
    {
        foreach (string message in parsed.Errors.Select(e => e.Message).Distinct())
        {
            await error.WriteLineAsync(message);
        }

        await error.WriteLineAsync($"Try `{NameOf(parsed.CommandResult.Command)} --help`.");
        return WrongUsage;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, TextWriter output, TextWriter error)
    {
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                // A service ends its work in order when it is told to stop, and takes its time for it.
                ProcessTerminationTimeout = parsed.CommandResult.Command switch
                {
                    ServeCommand => null,
                    DemoCommand => TimeSpan.FromSeconds(40),
                    _ => TimeSpan.FromSeconds(5),
                },
            });
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Cancelled.");
        }
#pragma warning disable CA1031 // Nobody is helped by a stack trace; the log of the service has those that matter.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (string line in Failure.Describe(exception))
            {
                await error.WriteLineAsync(line);
            }
        }

        return Failed;
    }

    internal static RootCommand CreateRoot() => new(
        "OrleansGallery finds out who, or what product, is in an image: one centroid per identity, searched exactly.")
    {
        CommonOptions.Url,
        CommonOptions.Key,
        CommonOptions.Json,
        new DemoCommand(),
        new ServeCommand(),
        new DoctorCommand(),
        new StoreCommand(),
        new KeysCommand(),
        new ClusterCommand(),
        new GalleriesCommand(),
        new CreateCommand(),
        new IngestCommand(),
        new ObserveCommand(),
        new ObservationsCommand(),
        new ImportCommand(),
        new ExportCommand(),
        new SearchCommand(),
        new IdentitiesCommand(),
        new ShowCommand(),
        new InsightCommand(),
        new IdentityCommand(),
        new AttributesCommand(),
        new ImageCommand(),
        new DeleteCommand(),
        new EraseCommand(),
        new VerifyCommand(),
        new CalibrateCommand(),
        new DataCommand(),
        new TrainCommand(),
        new RecipeCommand(),
        new EvaluateCommand(),
        new EpisodesCommand(),
        new EmbedCommand(),
        new SimilarCommand(),
        new ModelCommand(),
        new TorchCommand(),
        new Command("bench", "Measure a running service, or a cluster that is made for it.")
        {
            new BenchSearchCommand(), new BenchClusterCommand(), new BenchLoadCommand(),
        },
    };

    // Of a subcommand, with the commands above it.
    private static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? $"{NameOf(parent)} {command.Name}"
            : "gallery";
}
