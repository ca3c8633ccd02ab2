using System.CommandLine;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary><c>gallery evaluate embedded</c>: sets that <c>gallery embed</c> wrote.</summary>
internal sealed class EvaluateEmbeddedCommand : EvaluationCommand
{
    private readonly Option<string> _gallery = new("--gallery")
    {
        Description = "The gallery's images: a folder that `gallery embed` wrote.", HelpName = "DIR", Required = true,
    };

    private readonly Option<string> _queries = new("--queries")
    {
        Description = "The queries' images: another such folder, of the same model.", HelpName = "DIR", Required = true,
    };

    private readonly Option<string> _identities = Choice(
        "--identities", "How a path of these sets says whose image it is.", "folder", "prefix");

    public EvaluateEmbeddedCommand()
        : base("embedded", "Evaluate two sets that `gallery embed` wrote.", "fashion") =>
        AddOptions(_gallery, _queries, _identities);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        EvaluationData data = EmbeddedEvaluation.Read(
            arguments.GetRequiredValue(_queries),
            arguments.GetRequiredValue(_gallery),
            Enum.Parse<IdentityRule>(arguments.GetRequiredValue(_identities), ignoreCase: true),
            output.Error.WriteLine);
        Write(data, OptionsOf(arguments, facets: false), output, cancellationToken);
        return CommandLine.Done;
    }
}
