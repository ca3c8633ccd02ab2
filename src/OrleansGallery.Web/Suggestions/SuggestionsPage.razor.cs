using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>Pairs of a gallery's identities that may be one, to be merged or put aside.</summary>
public sealed partial class SuggestionsPage
{
    // Of each pair some images of both are shown.
    private const int PageLength = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private readonly Stack<string?> _cursors = new();
    private string? _cursor;
    private string? _shown;
    private bool _dismissed;
    private int _load;
    // The gallery whose search is watched.
    private string? _watched;
    private GalleryResponse? _gallery;
    private SuggestionsResponse? _found;
    private (string Gallery, DismissSuggestionResponse Pair)? _aside;
    private GalleryApiException? _error;
    private GalleryApiException? _refused;
    private bool _merging;
    private string _from = string.Empty;
    private string _into = string.Empty;

    [SupplyParameterFromQuery]
    private string? Gallery { get; set; }

    [Inject]
    private GalleryClient Client { get; set; } = null!;

    [Inject]
    private LastOperation Last { get; set; } = null!;

    private string EmptyTitle => _dismissed ? "None"
        : _found?.RefreshedAt is null ? "Not searched yet"
        : IsUsedUp ? "None is left"
        : _cursors.Count > 0 ? "There are no more" : "No pair is near enough";

    private string EmptyText => _dismissed ? "No pair was put aside as not the same."
        : _found?.RefreshedAt is null
            ? "A search compares every identity with all others, and shows those that may be one."
        : IsUsedUp ? "Only the best pairs were kept, and none of them is left. Search again for the next ones."
        : _found.MinScore is { } score
            ? $"No two identities have a score of {Figures.Score(score)} or more, but for those that were put aside."
            : "The gallery has no two identities to compare.";

    private bool IsSearching => _found?.Refresh is { State: SuggestionRunState.Running };

    private bool IsUsedUp => _cursors.Count == 0 && _found?.CutAt is not null;

    /// <inheritdoc />
    public void Dispose()
    {
        Last.Undone -= ShowUndoneAsync;
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Last.Undone += ShowUndoneAsync;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Gallery)
        {
            (_shown, _gallery, _found, _aside, _dismissed, _merging) = (Gallery, null, null, null, false, false);
            (_cursor, _refused, _watched) = (null, null, null);
            _cursors.Clear();
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        int load = ++_load;
        string name = Gallery ?? string.Empty;
        try
        {
            _error = null;
            GalleryResponse gallery = await Client.GetGalleryAsync(name);
            SuggestionsResponse found = await Client.GetSuggestionsAsync(
                name, cursor: _cursor, limit: PageLength, dismissed: _dismissed);
            if (load != _load)
            {
                return;
            }

            (_gallery, _found) = (gallery, found);
        }
        catch (GalleryApiException exception)
        {
            _error = load == _load ? exception : _error;
            return;
        }

        _ = WatchAsync();
    }

    private Task LoadFirstAsync()
    {
        _cursor = null;
        _cursors.Clear();
        return LoadAsync();
    }

    private Task SearchAsync() => TryAsync(async gallery =>
    {
        SuggestionRunResponse run = await Client.StartSuggestionsAsync(gallery, new RefreshSuggestionsRequest());
        return () =>
        {
            _found = _found is null ? null : _found with { Refresh = run };
            _ = WatchAsync();
            return Task.CompletedTask;
        };
    });

    private Task CancelAsync() => TryAsync(async gallery =>
    {
        await Client.CancelSuggestionsAsync(gallery);
        return LoadFirstAsync;
    });

    // Shows how far a search is, and at its end what it found.
    private async Task WatchAsync()
    {
        string? gallery = _gallery?.Name;
        if (gallery is null || _watched == gallery || !IsSearching || _left.IsCancellationRequested)
        {
            return;
        }

        CancellationToken left = _left.Token;
        _watched = gallery;
        try
        {
            while (_watched == gallery && IsSearching)
            {
                await Task.Delay(Pause, left);
                SuggestionsResponse now = await Client.GetSuggestionsAsync(gallery, limit: 1, cancellationToken: left);
                if (IsShown(gallery) && _found is not null)
                {
                    _found = _found with { Refresh = now.Refresh };
                    await InvokeAsync(StateHasChanged);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (GalleryApiException exception)
        {
            _refused = IsShown(gallery) ? exception : _refused;
        }

        if (_watched != gallery)
        {
            return;
        }

        _watched = null;
        if (IsShown(gallery) && !_dismissed)
        {
            await LoadFirstAsync();
        }

        await InvokeAsync(StateHasChanged);
    }

    private Task SwitchAsync()
    {
        (_dismissed, _aside) = (!_dismissed, null);
        return LoadFirstAsync();
    }

    private Task NextAsync()
    {
        _cursors.Push(_cursor);
        _cursor = _found?.Next;
        return LoadAsync();
    }

    private Task BackAsync()
    {
        _cursor = _cursors.Pop();
        return LoadAsync();
    }

    // The one with fewer images goes into the other.
    private void Ask(SuggestionResponse pair)
    {
        bool isOther = pair.Other.Count <= pair.One.Count;
        (_from, _into) = isOther
            ? (pair.Other.Identity, pair.One.Identity)
            : (pair.One.Identity, pair.Other.Identity);
        _merging = true;
    }

    private Task DismissAsync(SuggestionResponse pair) => TryAsync(async gallery => ShowAside(
        gallery, await Client.DismissSuggestionAsync(gallery, pair.One.Identity, pair.Other.Identity)));

    private Task RestoreAsync(string gallery, string one, string other) => TryAsync(async _ => ShowAside(
        gallery, await Client.RestoreSuggestionAsync(gallery, one, other)));

    private Func<Task> ShowAside(string gallery, DismissSuggestionResponse pair) => () =>
    {
        _aside = (gallery, pair);
        return LoadAsync();
    };

    // What is done is shown only where the gallery that it was done to still is.
    private async Task TryAsync(Func<string, Task<Func<Task>>> act)
    {
        string gallery = _gallery!.Name;
        try
        {
            (_refused, _aside) = (null, null);
            Func<Task> show = await act(gallery);
            if (IsShown(gallery))
            {
                await show();
            }
        }
        catch (GalleryApiException exception)
        {
            _refused = IsShown(gallery) ? exception : _refused;
        }
    }

    private bool IsShown(string gallery) => gallery == Gallery && !_left.IsCancellationRequested;

    private Task ShowOperationAsync((string Gallery, OperationResponse Receipt) done)
    {
        Last.Show(done.Gallery, done.Receipt);
        if (!IsShown(done.Gallery))
        {
            return Task.CompletedTask;
        }

        _aside = null;
        return LoadAsync();
    }

    private Task ShowUndoneAsync(OperationResponse undoing) => Last.Gallery == Gallery
        ? InvokeAsync(ReloadAsync)
        : Task.CompletedTask;

    // Asked for by another component, whose event draws only that.
    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}
