using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery search</c>: who is in this image?</summary>
internal sealed class SearchCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "The image file to search with.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _vector = new("--vector")
    {
        Description = "Search with an embedding instead: a .npy file of one float32 or float64 vector, or of rows.",
        HelpName = "FILE.npy",
    };

    private readonly Option<int> _row = NumberOption.Of("--row", "Which row of --vector, from 0.", 0, new(0));

    private readonly Option<int?> _top = NumberOption.Maybe<int>(
        "--top", "How many matches at most, 1 to 1,000. Default: 10.", new(1, 1_000), "K");

    private readonly Option<double?> _threshold = NumberOption.Maybe<double>(
        "--threshold",
        "The score below which the best match counts as unknown, instead of the gallery's.",
        help: "SCORE");

    private readonly Option<string?> _excludeFacet = new("--exclude-facet")
    {
        Description =
            "Compare identities without their images of this facet, for example of the query's own camera; those that "
            + "have no others are no match.",
        HelpName = "FACET",
    };

    private readonly Option<bool> _complete = new("--complete")
    {
        Description = "Fail rather than answer without some of the partitions.",
    };

    public SearchCommand()
        : base("search", "Find the identities nearest to an image or an embedding.")
    {
        Add(_gallery);
        Add(_image);
        Add(_vector);
        Add(_row);
        Add(_top);
        Add(_threshold);
        Add(_excludeFacet);
        Add(_complete);
        Validators.Add(result =>
        {
            if (result.GetValue(_image) is null == result.GetValue(_vector) is null)
            {
                result.AddError("Give either an IMAGE or --vector.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        SearchRequest query = new()
        {
            Top = arguments.GetValue(_top),
            Threshold = arguments.GetValue(_threshold),
            ExcludeFacet = arguments.GetValue(_excludeFacet),
            RequireComplete = arguments.GetValue(_complete),
        };
        SearchResponse answer = arguments.GetValue(_image) is { } image
            ? await client.SearchFileAsync(
                gallery,
                await Task.Run(() => InputFile.ReadImage(image), cancellationToken),
                query,
                cancellationToken)
            : await client.SearchAsync(
                gallery,
                query with { Vector = ReadVector(arguments.GetRequiredValue(_vector)!, arguments.GetValue(_row)) },
                cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(answer);
            return CommandLine.Done;
        }

        output.WriteLine(
            $"{answer.Decision.ToString().ToLowerInvariant()}"
            + (answer.Partial
                ? $" (partial: {answer.Partitions.Answered} of {answer.Partitions.Asked} partitions answered)"
                : string.Empty));
        output.WriteTable(
            ["rank", "identity", "score", "images"],
            answer.Matches.Select(match => (IReadOnlyList<string>)
            [
                match.Rank.ToString(CultureInfo.InvariantCulture),
                match.Identity,
                Figures.Score(match.Score),
                Figures.Count(match.Count),
            ]));
        return CommandLine.Done;
    }

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
