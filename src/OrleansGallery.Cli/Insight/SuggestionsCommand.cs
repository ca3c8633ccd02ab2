using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery suggestions</c>: pairs of identities that may be one.</summary>
internal sealed class SuggestionsCommand : ClientCommand
{
    private const int Page = 100;

    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<double?> _minScore = NumberOption.Maybe<double>(
        "--min-score",
        "The lowest score of a pair. Default: that of the last search; of a new one, the gallery's threshold.",
        new NumberRange<double>(-1, 1),
        "SCORE");

    private readonly Option<bool> _refresh = new("--refresh")
    {
        Description = "Search first: for identities that changed since the last time. Default: show what is known.",
    };

    private readonly Option<bool> _full = new("--full")
    {
        Description = "With --refresh: search for all identities again.",
    };

    private readonly Option<int?> _pairs = NumberOption.Maybe<int>(
        "--pairs", "With --refresh: keep so many pairs, the best. Default: 500.", new NumberRange<int>(1, 900));

    private readonly Option<int> _limit = NumberOption.Of("--limit", "List so many at most; 0: all.", 20, new(0));

    private readonly Option<bool> _dismissed = new("--dismissed")
    {
        Description = "Show the pairs that were put aside as not the same.",
    };

    private readonly Option<string[]> _dismiss = new("--dismiss")
    {
        Description = "Put a pair aside as not the same, first of all.",
        HelpName = "ONE OTHER",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _restore = new("--restore")
    {
        Description = "Take that back, first of all.",
        HelpName = "ONE OTHER",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    public SuggestionsCommand()
        : base(
            "suggestions",
            "Show pairs of identities that may be one, best first. 'gallery identity merge' makes them one, "
            + "'gallery confusability' compares two.")
    {
        Add(_gallery);
        Add(_minScore);
        Add(_refresh);
        Add(_full);
        Add(_pairs);
        Add(_limit);
        Add(_dismissed);
        Add(_dismiss);
        Add(_restore);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        if (arguments.GetValue(_dismiss) is [{ } one, { } other])
        {
            await client.DismissSuggestionAsync(gallery, one, other, cancellationToken);
        }

        if (arguments.GetValue(_restore) is [{ } first, { } second])
        {
            await client.RestoreSuggestionAsync(gallery, first, second, cancellationToken);
        }

        if (arguments.GetValue(_refresh))
        {
            await RefreshAsync(client, gallery, arguments, output, cancellationToken);
        }

        SuggestionsResponse found = await ReadAsync(client, gallery, arguments, cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(found);
        }
        else
        {
            Write(output, found);
        }

        return CommandLine.Done;
    }

    private async Task RefreshAsync(
        GalleryClient client, string gallery, ParseResult arguments, CommandOutput output,
        CancellationToken cancellationToken)
    {
        DateTimeOffset next = DateTimeOffset.UtcNow + LineInterval;
        SuggestionRunResponse run = await client.RefreshSuggestionsAsync(
            gallery,
            new RefreshSuggestionsRequest
            {
                MinScore = arguments.GetValue(_minScore),
                Pairs = arguments.GetValue(_pairs),
                Full = arguments.GetValue(_full),
            },
            progress =>
            {
                if (DateTimeOffset.UtcNow >= next)
                {
                    next = DateTimeOffset.UtcNow + LineInterval;
                    output.Error.WriteLine(
                        $"{Figures.Count(progress.Searched)} of {Figures.Count(progress.Total)} identities searched");
                }
            },
            cancellationToken);
        if (run.State != SuggestionRunState.Done)
        {
            throw new InvalidDataException(
                $"The search for pairs was {(run.State == SuggestionRunState.Failed ? "not done" : "ended")}: "
                + (run.Error ?? "somebody cancelled it, or its process is gone; run the command again."));
        }
    }

    private async Task<SuggestionsResponse> ReadAsync(
        GalleryClient client, string gallery, ParseResult arguments, CancellationToken cancellationToken)
    {
        int limit = arguments.GetValue(_limit);
        List<SuggestionResponse> pairs = [];
        SuggestionsResponse page;
        string? cursor = null;
        do
        {
            page = await client.GetSuggestionsAsync(
                gallery, arguments.GetValue(_minScore), cursor,
                limit == 0 ? Page : Math.Min(Page, limit - pairs.Count), arguments.GetValue(_dismissed),
                cancellationToken);
            pairs.AddRange(page.Suggestions);
            cursor = page.Next;
        }
        while (cursor is not null && (limit == 0 || pairs.Count < limit));
        return page with { Suggestions = pairs };
    }

    private static void Write(CommandOutput output, SuggestionsResponse found)
    {
        output.WriteFields(
            ("searched", found.RefreshedAt is { } at
                ? $"{at:u}{(found.Stale ? ", identities changed since: --refresh searches for them" : string.Empty)}"
                : "never: --refresh does"),
            ("from a score of", found.RefreshedAt is null ? null
                : found.MinScore is { } score ? Figures.Score(score) : "any"),
            ("complete down to", found.CutAt is { } cut ? Figures.Score(cut) : null),
            ("put aside", found.Dismissed == 0 ? null : Figures.Count(found.Dismissed)));
        output.WriteTable(
            ["one", "images", "dispersion", "other", "images", "dispersion", "score", "merged", "mutual", "changed"],
            found.Suggestions.Select(pair => (IReadOnlyList<string>)
            [
                pair.One.Identity, Figures.Count(pair.One.Count), Shown(pair.One.Dispersion),
                pair.Other.Identity, Figures.Count(pair.Other.Count), Shown(pair.Other.Dispersion),
                Shown(pair.Score), Shown(pair.MergedDispersion), pair.Mutual ? "yes" : "-", pair.Changed ? "yes" : "-",
            ]));
    }

    private static string Shown(double? score) => score is { } value ? Figures.Score(value) : "-";
}
