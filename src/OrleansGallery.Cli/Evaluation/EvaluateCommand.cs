using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery evaluate</c>: retrieval quality, by what is evaluated.</summary>
internal sealed class EvaluateCommand : Command
{
    private static readonly (string Usage, string[] Options)[] Ways =
    [
        ("gallery evaluate images --checkpoint C --data PATH",
            [
                "--checkpoint", "--data", "--layout", "--train-json", "--gallery-images", "--grid", "--device",
                "--precision",
            ]),
        ("gallery evaluate embedded --gallery DIR --queries DIR", ["--gallery-set", "--query-set", "--identities"]),
        ("gallery evaluate arrays --embeddings FILE --labels FILE --queries N",
            ["--embeddings", "--labels", "--facets", "--queries"]),
    ];

    public EvaluateCommand()
        : base("evaluate",
            "Rank-k, mAP, mINP and open-set misses by single images and by centroids, without a server: of a model on "
            + "images, of what `gallery embed` wrote, or of arrays from elsewhere; and of what a running service "
            + "answers.")
    {
        Add(new EvaluateImagesCommand());
        Add(new EvaluateEmbeddedCommand());
        Add(new EvaluateArraysCommand());
        Add(new EvaluateOnlineCommand());

        // What is not matched may be the spelling of the time before the subcommands.
        TreatUnmatchedTokensAsErrors = false;
        SetAction(Refuse);
    }

    private static int Refuse(ParseResult arguments)
    {
        string? usage = Ways.FirstOrDefault(way => way.Options.Intersect(arguments.UnmatchedTokens).Any()).Usage;
        string given = arguments.UnmatchedTokens is [string first, ..] ? $" ('{first}' is none)" : string.Empty;
        CommandOutput.Of(arguments).Error.WriteLine(usage is not null
            ? $"`gallery evaluate` has a subcommand for each of its ways now. Write: {usage}"
            : $"Say what to evaluate{given}: images, embedded, arrays or online. Try `gallery evaluate --help`.");
        return CommandLine.WrongUsage;
    }
}
