using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class ImageSearch
{
    // The service's own limits are lower, and say so.
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _search = new();
    private DotNetObjectReference<ImageSearch>? _self;
    private IJSObjectReference? _source;
    private ElementReference _zone;
    private string? _picture;
    private string _name = string.Empty;
    private string? _unreadable;
    private int _top = 10;
    private bool _busy;
    private double _milliseconds;
    private GalleryApiException? _error;
    private SearchResponse? _answer;

    [Parameter, EditorRequired]
    public GalleryResponse Gallery { get; set; } = null!;

    /// <summary>Called by the page's script.</summary>
    /// <param name="name">The picture's name.</param>
    /// <param name="address">Where the browser finds it in its own memory.</param>
    /// <returns>When it has been searched for.</returns>
    [JSInvokable]
    public Task TakePictureAsync(string name, string address)
    {
        (_name, _picture) = (name, address);
        return SearchAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await BrowserFile.StopAsync(_source);
        _self?.Dispose();
        _search.Dispose();
        _gone.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _source = await Browser.ListenForPictureAsync(_self, _zone);
        }
    }

    private async Task SearchAgainAsync()
    {
        if (_picture is null || _source is null)
        {
            return;
        }

        // Only the last picture's answer is of interest.
        CancellationTokenSource last = _search;
        CancellationTokenSource search = _search = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        await last.CancelAsync();
        last.Dispose();
        (_busy, _error, _unreadable, _answer) = (true, null, null, null);
        StateHasChanged();
        try
        {
            await SearchAsync(_source, search.Token);
        }
        catch (OperationCanceledException) when (search.IsCancellationRequested)
        {
            return;
        }
        catch (IOException exception)
        {
            _unreadable = exception.Message;
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
        }

        if (ReferenceEquals(_search, search))
        {
            _busy = false;
            StateHasChanged();
        }
    }

    private async Task SearchAsync(IJSObjectReference source, CancellationToken cancellationToken)
    {
        byte[] picture = await BrowserFile.ReadAsync(source, "bytes", MaxBytes, cancellationToken);
        long started = Stopwatch.GetTimestamp();
        SearchResponse answer = await Client.SearchFileAsync(
            Gallery.Name, picture, new SearchRequest { Top = _top }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        (_answer, _milliseconds) = (answer, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
