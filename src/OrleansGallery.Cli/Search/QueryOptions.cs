using System.CommandLine;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery search</c> searches for: image files or rows of an array, and what is not meant.</summary>
internal sealed class QueryOptions
{
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "The image file to search with; of several the mean is searched for.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _vector = new("--vector")
    {
        Description = "Search with an embedding instead: a .npy file of one float32 or float64 vector, or of rows.",
        HelpName = "FILE.npy",
    };

    private readonly Option<int[]> _rows = NumberOption.Many(
        "--row", "Which row of --vector, from 0; may be repeated, then the mean is searched for.", [0], new(0));

    private readonly Option<string[]> _not = new("--not")
    {
        Description = "An image of somebody else, to search away from; may be repeated.",
        HelpName = "IMAGE",
    };

    private readonly Option<double?> _weight = NumberOption.Maybe<double>(
        "--negative-weight", "How much the mean of --not counts, 0 to 1. Default: 0.5.", new(0, 1), "W");

    private readonly Option<bool> _each = new("--each")
    {
        Description = "Search with each IMAGE or --row by itself, all in one request.",
    };

    public void AddTo(Command command)
    {
        command.Add(_images);
        command.Add(_vector);
        command.Add(_rows);
        command.Add(_not);
        command.Add(_weight);
        command.Add(_each);
        command.Validators.Add(result =>
        {
            bool isImages = result.GetValue(_images) is { Length: > 0 };
            if (isImages == result.GetValue(_vector) is not null)
            {
                result.AddError("Give either an IMAGE or --vector.");
            }

            if (result.GetValue(_each) && result.GetValue(_not) is { Length: > 0 })
            {
                result.AddError("--each searches with each example by itself; it has no --not.");
            }
        });
    }

    /// <summary>Whether each example is searched for by itself.</summary>
    public bool IsEach(ParseResult arguments) => arguments.GetValue(_each);

    /// <summary>The only file that is searched for, where it is one.</summary>
    public byte[]? OnlyFile(ParseResult arguments) =>
        arguments.GetValue(_images) is [var only] && arguments.GetValue(_not) is null or []
            && !arguments.GetValue(_each)
            ? InputFile.ReadImage(only)
            : null;

    /// <summary>One search per example, or one for all of them.</summary>
    public SearchRequest[] Of(ParseResult arguments, SearchRequest search)
    {
        QueryExample[] examples = arguments.GetValue(_vector) is { } file
            ? [.. arguments.GetValue(_rows)!.Select(row => new QueryExample { Vector = ReadVector(file, row) })]
            : [.. arguments.GetValue(_images)!.Select(ReadImage)];
        QueryExample[]? negatives = arguments.GetValue(_not) is { Length: > 0 } not ? [.. not.Select(ReadImage)] : null;
        return arguments.GetValue(_each)
            ? [.. examples.Select(example => search with { Positives = [example] })]
            :
            [
                search with
                {
                    Positives = examples, Negatives = negatives, NegativeWeight = arguments.GetValue(_weight),
                },
            ];
    }

    private static QueryExample ReadImage(string path) => new() { Image = InputFile.ReadImage(path) };

    private static float[] ReadVector(string path, int row)
    {
        NpyArray<float> array = NpyNumbers.ReadVectors(path);
        (int rows, int dimension) = array.Shape switch
        {
            [int length] => (1, length),
            [int count, int length] => (count, length),
            _ => throw new NpyException(
                path, $"it has {array.Shape.Count} axes; one vector, or rows of vectors, are taken."),
        };
        return row >= 0 && row < rows
            ? array.Values[(row * dimension)..((row + 1) * dimension)]
            : throw new NpyException(path, $"it has {rows} rows; --row is {row}.");
    }
}
