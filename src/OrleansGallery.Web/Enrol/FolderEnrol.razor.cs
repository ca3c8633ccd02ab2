using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class FolderEnrol
{
    private const long MaxListBytes = 64 * 1024 * 1024;
    private const long MaxFileBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(150);

    private DotNetObjectReference<FolderEnrol>? _self;
    private IJSObjectReference? _source;
    private ElementReference _zone;
    private IReadOnlyList<ChosenFile> _files = [];
    private CancellationTokenSource? _running;
    private EnrolPlan? _plan;
    private EnrolRun? _run;
    private long _shownAt;
    private string _loose = string.Empty;
    private string? _facet;
    private string? _unreadable;
    private bool _wasStopped;
    private GalleryApiException? _error;

    [Parameter, EditorRequired]
    public GalleryResponse Gallery { get; set; } = null!;

    private bool IsRunning => _running is not null;

    /// <summary>Called by the page's script when there are files.</summary>
    /// <returns>When they are shown.</returns>
    [JSInvokable]
    public async Task TakeFilesAsync()
    {
        if (IsRunning)
        {
            return;
        }

        (_run, _error, _unreadable) = (null, null, null);
        try
        {
            byte[] list = await BrowserFile.ReadAsync(_source!, "listing", MaxListBytes, CancellationToken.None);
            _files = JsonSerializer.Deserialize<ChosenFile[]>(list, GalleryJson.Options) ?? [];
            Plan(_loose);
        }
        catch (IOException exception)
        {
            _unreadable = exception.Message;
        }

        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await BrowserFile.StopAsync(_source);
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _source = await Browser.ListenForFilesAsync(_self, _zone);
        }
    }

    private void Plan(string? looseIdentity)
    {
        _loose = looseIdentity ?? string.Empty;
        _plan = EnrolPlan.Make(_files, _loose);
    }

    private async Task EnrolAsync()
    {
        if (IsRunning || _plan is not { Images.Count: > 0 } plan)
        {
            return;
        }

        using CancellationTokenSource running = new();
        _running = running;
        (_error, _wasStopped) = (null, false);
        _run = new EnrolRun(Client, Gallery.Name, plan.Images, ReadAsync);
        try
        {
            await _run.RunAsync(_facet, ShowAsync, running.Token);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            _wasStopped = true;
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
        }
        finally
        {
            _running = null;
        }
    }

    private Task StopAsync() => _running?.CancelAsync() ?? Task.CompletedTask;

    // The stream is read on any thread; the browser is asked on the page's own.
    private async Task<byte[]> ReadAsync(int place, CancellationToken cancellationToken)
    {
        byte[] bytes = [];
        await InvokeAsync(async () =>
            bytes = await BrowserFile.ReadAsync(_source!, "open", MaxFileBytes, cancellationToken, place));
        return bytes;
    }

    private Task ShowAsync()
    {
        if (Stopwatch.GetElapsedTime(_shownAt) < ShowEvery)
        {
            return Task.CompletedTask;
        }

        _shownAt = Stopwatch.GetTimestamp();
        return InvokeAsync(StateHasChanged);
    }
}
