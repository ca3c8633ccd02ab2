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
    private bool _watching;
    private GalleryResponse? _gallery;
    private SuggestionsResponse? _found;
    private DismissSuggestionResponse? _aside;
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
        : _cursors.Count > 0 ? "There are no more" : "No pair is near enough";

    private string EmptyText => _dismissed ? "No pair was put aside as not the same."
        : _found?.RefreshedAt is null
            ? "A search compares every identity with all others, and shows those that may be one."
        : _found.MinScore is { } score
            ? $"No two identities have a score of {Figures.Score(score)} or more, but for those that were put aside."
            : "The gallery has no two identities to compare.";

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
            (_cursor, _refused) = (null, null);
            _cursors.Clear();
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        string name = Gallery ?? string.Empty;
        try
        {
            _error = null;
            GalleryResponse gallery = await Client.GetGalleryAsync(name);
            SuggestionsResponse found = await Client.GetSuggestionsAsync(
                name, cursor: _cursor, limit: PageLength, dismissed: _dismissed);
            if (name == Gallery)
            {
                (_gallery, _found) = (gallery, found);
            }
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
            return;
        }

        if (_found?.Refresh is { State: SuggestionRunState.Running })
        {
            _ = WatchAsync();
        }
    }

    private Task LoadFirstAsync()
    {
        _cursor = null;
        _cursors.Clear();
        return LoadAsync();
    }

    private Task SearchAsync() => TryAsync(async () =>
    {
        SuggestionRunResponse run = await Client.StartSuggestionsAsync(_gallery!.Name, new RefreshSuggestionsRequest());
        _found = _found! with { Refresh = run };
        _ = WatchAsync();
    });

    private Task CancelAsync() => TryAsync(async () =>
    {
        await Client.CancelSuggestionsAsync(_gallery!.Name);
        await LoadFirstAsync();
    });

    // Shows how far a search is, and at its end what it found.
    private async Task WatchAsync()
    {
        if (_watching || _left.IsCancellationRequested)
        {
            return;
        }

        CancellationToken left = _left.Token;
        string gallery = _gallery!.Name;
        _watching = true;
        try
        {
            while (gallery == Gallery && _found?.Refresh is { State: SuggestionRunState.Running })
            {
                await Task.Delay(Pause, left);
                SuggestionsResponse now = await Client.GetSuggestionsAsync(gallery, limit: 1, cancellationToken: left);
                if (gallery == Gallery && _found is not null)
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
            _refused = exception;
        }
        finally
        {
            _watching = false;
        }

        if (gallery == Gallery && !_dismissed)
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

    private Task DismissAsync(SuggestionResponse pair) => TryAsync(async () =>
    {
        _aside = await Client.DismissSuggestionAsync(_gallery!.Name, pair.One.Identity, pair.Other.Identity);
        await LoadAsync();
    });

    private Task RestoreAsync(string one, string other) => TryAsync(async () =>
    {
        _aside = await Client.RestoreSuggestionAsync(_gallery!.Name, one, other);
        await LoadAsync();
    });

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            (_refused, _aside) = (null, null);
            await act();
        }
        catch (GalleryApiException exception)
        {
            _refused = exception;
        }
    }

    private Task ShowOperationAsync((string Gallery, OperationResponse Receipt) done)
    {
        Last.Show(done.Gallery, done.Receipt);
        _aside = null;
        return _left.IsCancellationRequested || done.Gallery != Gallery ? Task.CompletedTask : LoadAsync();
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
