using System.CommandLine;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>
/// One way to evaluate. Where embeddings come from is its own; how they are compared and what is printed is common.
/// </summary>
internal abstract class EvaluationCommand : Command
{
    private readonly Option<string?> _protocol = new("--protocol") { HelpName = "reid|fashion" };
    private readonly Option<string> _distance = Choice(
        "--distance", "By what items are ranked.", "euclidean", "cosine");
    private readonly Option<bool> _raw = new("--no-normalize") { Description = "Compare raw vectors." };
    private readonly Option<bool> _compatible = new("--reference-compatible")
    {
        Description =
            "Reproduce the published code's defect: it reads gallery images' cameras from the queries' places, so "
            + "that same-camera images get into centroids and the results are too good.",
    };

    /// <param name="name">The subcommand.</param>
    /// <param name="description">What it evaluates.</param>
    /// <param name="protocol">Which protocol it has where none is named, for the help.</param>
    protected EvaluationCommand(string name, string description, string protocol)
        : base(name, description)
    {
        _protocol.AcceptOnlyFromAmong("reid", "fashion");
        _protocol.Description =
            "Which items a query is compared with. reid: not with its own identity's images of its own camera; "
            + $"fashion: with all. Default: {protocol}.";
        SetAction((arguments, cancellationToken) => Task.Run(
            () => Run(arguments, CommandOutput.Of(arguments), cancellationToken), cancellationToken));
    }

    /// <returns>The exit code.</returns>
    protected abstract int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    /// <summary>Adds the command's own options, and behind them the common ones.</summary>
    protected void AddOptions(params IEnumerable<Option> own)
    {
        foreach (Option option in (Option[])[.. own, _protocol, _distance, _raw, _compatible])
        {
            Add(option);
        }
    }

    /// <param name="arguments">The command's arguments.</param>
    /// <param name="facets">Whether facets are cameras, which is what the protocol follows from.</param>
    protected EvaluationOptions OptionsOf(ParseResult arguments, bool facets) => new()
    {
        Protocol = (arguments.GetValue(_protocol) ?? (facets ? "reid" : "fashion")) == "reid"
            ? EvaluationProtocol.Reid
            : EvaluationProtocol.Fashion,
        Distance = arguments.GetValue(_distance) == "cosine"
            ? EvaluationDistance.Cosine
            : EvaluationDistance.Euclidean,
        Normalize = !arguments.GetValue(_raw),
        ReferenceCompatible = arguments.GetValue(_compatible),
    };

    protected static EvaluationReport Write(
        EvaluationData data, EvaluationOptions options, CommandOutput output, CancellationToken cancellationToken)
    {
        EvaluationReport report = RetrievalEvaluation.Run(data, options, cancellationToken);
        EvaluationDocument document = EvaluationDocument.Of(report, options, data.Queries);
        if (output.IsJson)
        {
            output.WriteJson(document);
        }
        else
        {
            document.WriteTable(output);
        }

        return report;
    }

    protected static Option<string> Choice(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => values[0] };
        return option.AcceptOnlyFromAmong(values);
    }
}
