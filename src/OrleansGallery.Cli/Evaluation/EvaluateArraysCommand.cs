using System.CommandLine;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary><c>gallery evaluate arrays</c>: embeddings from elsewhere.</summary>
internal sealed class EvaluateArraysCommand : EvaluationCommand
{
    private readonly Option<string> _embeddings = Required(
        "--embeddings", "Raw embeddings, queries first (.npy of float32 or float64, a row each).");

    private readonly Option<string> _labels = Required(
        "--labels", "Each row's identity (.npy of int64, int32 or text).");

    private readonly Option<string?> _facets = new("--facets")
    {
        Description = "Each row's camera (.npy of int64, int32 or text). Default: queries of one, gallery of another.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _queries = NumberOption.Maybe<int>(
        "--queries", "How many rows, from the first on, are queries.", new(1));

    public EvaluateArraysCommand()
        : base("arrays", "Evaluate embeddings of any origin: NumPy arrays of vectors and labels.", "reid")
    {
        _queries.Required = true;
        AddOptions(_embeddings, _labels, _facets, _queries);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        Write(Read(arguments), OptionsOf(arguments, facets: true), output, cancellationToken);
        return CommandLine.Done;
    }

    private EvaluationData Read(ParseResult arguments)
    {
        string file = arguments.GetRequiredValue(_embeddings);
        NpyArray<float> embeddings = NpyNumbers.ReadVectors(file);
        if (embeddings.Shape is not [_, int dimension])
        {
            throw new NpyException(file, $"it has {embeddings.Shape.Count} axes; rows of vectors are taken.");
        }

        long[] labels = NpyNumbers.ReadLabels(arguments.GetRequiredValue(_labels));
        int queries = arguments.GetRequiredValue(_queries)!.Value;
        long[] facets = arguments.GetValue(_facets) is { } given
            ? NpyNumbers.ReadLabels(given)
            : [.. labels.Select((_, row) => row < queries ? 0L : 1L)];
        try
        {
            return new EvaluationData(embeddings.Values, dimension, labels, facets, queries);
        }
        catch (Exception exception) when (exception is ArgumentException or EmbeddingException)
        {
            throw new InvalidDataException(exception.Message);
        }
    }

    private static Option<string> Required(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };
}
