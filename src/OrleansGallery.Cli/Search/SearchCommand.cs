using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery search</c>: who is in this image?</summary>
internal sealed class SearchCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly QueryOptions _query = new();

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

    private readonly Option<string[]> _filter = AttributeOption.Of(
        "--filter",
        "Find identities with this attribute only; several of one key: with any of them, several keys: with all of "
        + "them.");

    private readonly Option<string[]> _filterNot = AttributeOption.Of(
        "--filter-not", "Find identities without this attribute only; may be given several times.");

    private readonly Option<bool> _complete = new("--complete")
    {
        Description = "Fail rather than answer without some of the partitions.",
    };

    private readonly Option<int?> _timeout = NumberOption.Maybe<int>(
        "--timeout", "How long the service may take, in milliseconds, 1 to 60,000. Default: its own limit.",
        new(1, 60_000), "MS");

    public SearchCommand()
        : base("search", "Find the identities nearest to images or embeddings.")
    {
        Add(_gallery);
        _query.AddTo(this);
        Add(_top);
        Add(_threshold);
        Add(_excludeFacet);
        Add(_filter);
        Add(_filterNot);
        Add(_complete);
        Add(_timeout);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        if (arguments.GetValue(_timeout) is { } milliseconds)
        {
            client = client.WithLimit(TimeSpan.FromMilliseconds(milliseconds));
        }

        SearchRequest search = new()
        {
            Top = arguments.GetValue(_top),
            Threshold = arguments.GetValue(_threshold),
            ExcludeFacet = arguments.GetValue(_excludeFacet),
            Filter = FilterOf(arguments),
            RequireComplete = arguments.GetValue(_complete),
        };
        if (_query.IsEach(arguments))
        {
            return await RunBatchAsync(client, gallery, arguments, search, output, cancellationToken);
        }

        SearchResponse answer = await Task.Run(() => _query.OnlyFile(arguments), cancellationToken) is { } file
            ? await client.SearchFileAsync(gallery, file, search, cancellationToken)
            : await client.SearchAsync(
                gallery,
                await Task.Run(() => _query.Of(arguments, search)[0], cancellationToken),
                cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(answer);
        }
        else
        {
            SearchText.Write(output, answer);
        }

        return CommandLine.Done;
    }

    private SearchFilter? FilterOf(ParseResult arguments)
    {
        (Dictionary<string, IReadOnlyList<string>> wanted, Dictionary<string, IReadOnlyList<string>> unwanted) =
            (TextsOf(arguments, _filter), TextsOf(arguments, _filterNot));
        return wanted.Count + unwanted.Count == 0 ? null : new SearchFilter
        {
            Attributes = wanted.Count == 0 ? null : wanted, Not = unwanted.Count == 0 ? null : unwanted,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> TextsOf(
        ParseResult arguments, Option<string[]> option) => AttributeOption.Read(arguments, option)
        .GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
        .ToDictionary(texts => texts.Key, texts => (IReadOnlyList<string>)[.. texts]);

    private async Task<int> RunBatchAsync(
        GalleryClient client, string gallery, ParseResult arguments, SearchRequest search, CommandOutput output,
        CancellationToken cancellationToken)
    {
        List<SearchBatchResult> results = [];
        SearchRequest[] queries = await Task.Run(() => _query.Of(arguments, search), cancellationToken);
        foreach (SearchRequest[] batch in queries.Chunk(SearchBatchRequest.MaxQueries))
        {
            results.AddRange(await client.SearchBatchAsync(gallery, batch, cancellationToken));
        }

        if (output.IsJson)
        {
            output.WriteJson(new SearchBatchResponse { Results = results });
        }
        else
        {
            SearchText.Write(output, results);
        }

        return results.Exists(result => result.Answer is null) ? CommandLine.Failed : CommandLine.Done;
    }
}
