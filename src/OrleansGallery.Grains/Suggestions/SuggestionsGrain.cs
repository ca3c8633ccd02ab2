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
    private const int WriteAttempts = 5;

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
        if (_run is { IsRunning: true } running && running.Gallery == gallery.Number)
        {
            return SuggestionOrders.IsOf(running, order) ? running.Describe() : throw new OperationConflictException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A search for pairs from a score of {running.MinScore ?? -1} on, of {running.Most} at most, is "
                    + $"under way; wait for it, or cancel it."));
        }

        _run?.Cancel();
        double? minScore = order.MinScore ?? gallery.Threshold;
        int most = order.Pairs ?? SuggestionOrder.DefaultPairs;
        StoredSuggestions? known = !order.IsFull && settings.Suggestions is { } last && last.Most == most
            && Nullable.Equals(last.MinScore, minScore) ? last : null;
        _run = new RunningSuggestions(gallery.Number, minScore, most, time.GetUtcNow());
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
        IdentitySnapshot[] sides = await Task.WhenAll(new[] { pair.First, pair.Second }.Select(
            id => GrainFactory.IdentityGrain(gallery, id).GetAsync(withDispersion: false)));
        DismissedPairs dismissed = new(store, gallery);
        if (isDismissed)
        {
            IReadOnlyCollection<StoredPair> gone = await dismissed.FindGoneAsync(await LoadDismissedAsync(gallery));
            await WriteAsync(gallery.Number, settings => DismissedPairs.Add(settings, pair, gone));
        }
        else
        {
            double? score = PairFigures.Score(sides[0], sides[1]);
            await WriteAsync(gallery.Number, settings => DismissedPairs.Remove(settings, pair, score));
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
                while (!searching.IsCompleted)
                {
                    DelayDeactivation(2 * Watch);
                    await Task.WhenAny(searching, Task.Delay(Watch, time, run.Over));
                }

                StoredSuggestions found = await searching;
                // What was put aside meanwhile does not come back.
                await WriteAsync(
                    gallery.Number, settings => settings with { Suggestions = found.Without(DismissedOf(settings)) });
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

    private static string ReasonOf(Exception exception) =>
        (exception is StoreAwayException away
            ? StoreErrors.ToGalleryException(away)
            : ClusterFailures.Translate(exception))?.Message ?? "The service failed; its log has the details.";

    private async Task<GalleryRecord> FindAsync(long number) =>
        await store.FindGalleryAsync(number, CancellationToken.None)
        ?? throw new GalleryNotFoundException($"There is no gallery '{Name}'.");

    private async Task WriteAsync(long number, Func<StoredSettings, StoredSettings> change)
    {
        for (int attempt = 1; attempt <= WriteAttempts; attempt++)
        {
            GalleryRecord record = await FindAsync(number);
            string settings = change(StoredSettings.Of(record)).ToText();
            if (await writes.RunAsync(
                writer => writer.PutSettingsAsync(number, record.Settings, settings, CancellationToken.None)))
            {
                return;
            }
        }

        throw new RetryException($"The settings of gallery '{Name}' changed meanwhile; ask again.")
        {
            NothingWritten = true,
        };
    }

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
