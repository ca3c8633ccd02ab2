using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// A gallery's merge suggestions. What was found and what was put aside stands in the gallery's settings, and is read
/// from there. Reentrant, as a search takes long: one is begun without a wait between the look and the beginning, and
/// of two writes of the settings the store lets one pass.
/// </summary>
[GrainType("gallery.suggestions"), RequiresRole(SiloRoles.Gallery), Reentrant]
internal sealed partial class SuggestionsGrain(
    IGalleryStore store, StoreWrites writes, SuggestionSearch search, TimeProvider time,
    ILogger<SuggestionsGrain> logger) : Grain, ISuggestionsGrain, IDisposable
{
    // It is in memory as long as a search is under way.
    private static readonly TimeSpan Watch = TimeSpan.FromMinutes(1);

    // How long the end of one that is cancelled is waited for.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private RunningSuggestions? _run;
    private Task _ending = Task.CompletedTask;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _run?.Cancel();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _run?.Dispose();

    /// <inheritdoc />
    public async Task<SuggestionRun> RefreshAsync(SuggestionOrder order)
    {
        SuggestionOrders.Check(order);
        Gallery gallery = await GrainFactory.GalleryGrain(Name).GetAsync();
        StoredSettings settings = StoredSettings.Of(await FindAsync(gallery.Number));
        double? minScore = order.MinScore ?? gallery.Threshold;
        int most = order.Pairs ?? SuggestionOrder.DefaultPairs;
        if (_run is { IsRunning: true } running && running.Gallery == gallery.Number)
        {
            return SuggestionOrders.IsOf(running, minScore, most, order.IsFull)
                ? running.Describe()
                : throw new OperationConflictException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A search for pairs from a score of {running.MinScore ?? -1} on, of {running.Most} at most, of "
                    + $"{(running.IsFull ? "all identities" : "those that changed")}, is under way; wait for it, or "
                    + $"cancel it."));
        }

        _run?.Cancel();
        StoredSuggestions? known = !order.IsFull && settings.Suggestions is { } last && last.Most == most
            && Nullable.Equals(last.MinScore, minScore) ? last : null;
        _run = new RunningSuggestions(gallery.Number, minScore, most, known is null, time.GetUtcNow());
        _ending = RunAsync(_run, gallery, known, DismissedOf(settings));
        return _run.Describe();
    }

    /// <inheritdoc />
    public async Task<SuggestionRun?> CancelAsync()
    {
        Gallery gallery = await GrainFactory.GalleryGrain(Name).GetAsync();
        if (_run is not { IsRunning: true } running || running.Gallery != gallery.Number)
        {
            return null;
        }

        running.Cancel();
        await Task.WhenAny(_ending, Task.Delay(EndTime, time));
        return running.Describe();
    }

    /// <inheritdoc />
    public async Task<SuggestionPage> ListAsync(SuggestionQuery query)
    {
        SuggestionOrders.CheckScore(query.MinScore);
        Gallery gallery = await GrainFactory.GalleryGrain(Name).GetAsync();
        StoredSettings settings = StoredSettings.Of(await FindAsync(gallery.Number));
        StoredSuggestions? found = settings.Suggestions;
        SuggestionOrders.Require(found, query.MinScore, Name);
        IReadOnlyList<PartitionState> partitions =
            await store.ReadPartitionsAsync(gallery.Number, CancellationToken.None);
        SuggestionList list = new(GrainFactory, gallery, found, query.MinScore);
        (IReadOnlyList<MergeSuggestion> suggestions, int? next) = query.IsDismissed
            ? await list.ReadDismissedAsync(settings.Dismissed ?? [], query.Start, query.Limit)
            : await list.ReadAsync(query.Start, query.Limit);
        return new SuggestionPage
        {
            Suggestions = suggestions,
            Next = next,
            MinScore = found?.MinScore,
            CutAt = found?.Bound?.Score,
            RefreshedAt = found?.RefreshedAt,
            IsStale = found is not null
                && partitions.Any(state => state.Position.Sequence != found.Cursors[state.Key.Partition]),
            Dismissed = settings.Dismissed?.Count ?? 0,
            Run = _run?.Gallery == gallery.Number ? _run.Describe() : null,
        };
    }

    /// <inheritdoc />
    public async Task DismissAsync(string one, string other, bool isDismissed)
    {
        if (IdRules.Require("identity id", one) == IdRules.Require("other identity's id", other))
        {
            throw new InvalidRequestException($"'{one}' is named twice; a pair is of two identities.");
        }

        IdentityPair pair = new(one, other);
        Gallery gallery = await GrainFactory.GalleryGrain(Name).GetAsync();
        if (isDismissed)
        {
            await Task.WhenAll(new[] { pair.First, pair.Second }.Select(
                id => GrainFactory.IdentityGrain(gallery, id).GetAsync(withDispersion: false)));
            DismissedPairs dismissed = new(store, gallery);
            IReadOnlyCollection<StoredPair> gone = await dismissed.FindGoneAsync(await LoadDismissedAsync(gallery));
            await WriteAsync(
                gallery.Number, settings => Task.FromResult(DismissedPairs.Add(settings, pair, gone)));
        }
        else
        {
            double? score = await ScoreAsync(gallery, pair);
            await WriteAsync(
                gallery.Number, settings => Task.FromResult(DismissedPairs.Remove(settings, pair, score)));
        }
    }

    private static HashSet<IdentityPair> DismissedOf(StoredSettings settings) =>
        [.. (settings.Dismissed ?? []).Select(pair => pair.Pair)];

    private async Task<IReadOnlyList<StoredPair>> LoadDismissedAsync(Gallery gallery) =>
        StoredSettings.Of(await FindAsync(gallery.Number)).Dismissed ?? [];

    private async Task RunAsync(
        RunningSuggestions run, Gallery gallery, StoredSuggestions? known, IReadOnlySet<IdentityPair> dismissed)
    {
        using (run)
        {
            try
            {
                Task<StoredSuggestions> searching = Task.Run(
                    () => search.RunAsync(
                        gallery, run.MinScore, run.Most, known, dismissed, run.Progress, run.Over),
                    CancellationToken.None);
                while (!searching.IsCompleted && !run.Over.IsCancellationRequested)
                {
                    DelayDeactivation(2 * Watch);
                    await Task.WhenAny(searching, Task.Delay(Watch, time, run.Over));
                }

                StoredSuggestions found = await searching;
                await WriteAsync(gallery.Number, settings => PutAsync(settings, gallery, found, dismissed));
                // An erasure since did not see them there. One that comes later does.
                IReadOnlySet<string> removed = await search.FindRemovedAsync(gallery, found);
                if (removed.Count > 0)
                {
                    await WriteAsync(gallery.Number, settings => Task.FromResult(
                        settings with { Suggestions = settings.Suggestions?.Without(removed.Contains) }));
                }

                run.End(SuggestionRunState.Done);
                Log.Found(logger, Name, found.Pairs.Count, run.Progress.Searched);
            }
            catch (OperationCanceledException) when (run.Over.IsCancellationRequested)
            {
                run.End(SuggestionRunState.Cancelled);
            }
#pragma warning disable CA1031 // Nobody waits for it; whoever asks how far it is hears it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.Failed(logger, Name, exception);
                run.End(SuggestionRunState.Failed, ReasonOf(exception));
            }
        }
    }

    // What was put aside since it was begun is not suggested, and what was taken back is.
    private async Task<StoredSettings> PutAsync(
        StoredSettings settings, Gallery gallery, StoredSuggestions found, IReadOnlySet<IdentityPair> leftOut)
    {
        HashSet<IdentityPair> dismissed = DismissedOf(settings);
        StoredSuggestions now = found.Without(dismissed);
        foreach (IdentityPair pair in leftOut.Except(dismissed))
        {
            if (await ScoreAsync(gallery, pair) is { } score && score >= (found.MinScore ?? -1))
            {
                now = now.With(new PairScore(pair, score));
            }
        }

        return settings with { Suggestions = now };
    }

    // Null: one is gone, or has no direction.
    private async Task<double?> ScoreAsync(Gallery gallery, IdentityPair pair)
    {
        IdentitySnapshot?[] sides = await Task.WhenAll(new[] { pair.First, pair.Second }.Select(
            id => SuggestionList.FindAsync(GrainFactory, gallery, id, withDispersion: false)));
        return sides is [{ } one, { } other] ? PairFigures.Score(one, other) : null;
    }

    private static string ReasonOf(Exception exception) =>
        (exception is StoreAwayException away
            ? StoreErrors.ToGalleryException(away)
            : ClusterFailures.Translate(exception))?.Message ?? "The service failed; its log has the details.";

    private async Task<GalleryRecord> FindAsync(long number) =>
        await store.FindGalleryAsync(number, CancellationToken.None)
        ?? throw NotFound();

    private async Task WriteAsync(long number, Func<StoredSettings, Task<StoredSettings>> change)
    {
        if (!await new SettingsChange(store, writes).RunAsync(number, change))
        {
            throw NotFound();
        }
    }

    private GalleryNotFoundException NotFound() => new($"There is no gallery '{Name}'.");

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "Gallery '{Gallery}' has {Pairs} pairs of near identities, after {Searched} were searched for")]
        public static partial void Found(ILogger logger, string gallery, int pairs, long searched);

        [LoggerMessage(LogLevel.Warning, "Near identities of gallery '{Gallery}' could not be looked for")]
        public static partial void Failed(ILogger logger, string gallery, Exception exception);
    }
}
