using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OrleansGallery.Web;

/// <summary>The page's own script, <c>page.js</c>: what a browser alone can do.</summary>
internal sealed class BrowserModule(IJSRuntime runtime) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async Task<bool> IsDarkAsync() => await (await ModuleAsync()).InvokeAsync<bool>("isDark");

    public async Task KeepDarkAsync(bool dark) => await (await ModuleAsync()).InvokeVoidAsync("keepDark", dark);

    /// <summary>Copies a field's text and leaves it selected.</summary>
    /// <returns>Whether the browser let it.</returns>
    public async Task<bool> CopyAsync(ElementReference field) =>
        await (await ModuleAsync()).InvokeAsync<bool>("copy", field);

    /// <summary>Waits for pictures that are dropped, pasted, chosen or photographed.</summary>
    /// <param name="listener">Its <c>TakePictureAsync</c> is called with name, size and address of each.</param>
    /// <param name="zone">The element that shows where to drop.</param>
    /// <returns>Gives the last picture (<c>bytes</c>) and ends the wait (<c>stop</c>).</returns>
    public async Task<IJSObjectReference> ListenForPictureAsync<T>(
        DotNetObjectReference<T> listener, ElementReference zone)
        where T : class =>
        await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("listenForPicture", listener, zone);

    /// <summary>Waits for files and folders that are dropped or chosen.</summary>
    /// <param name="listener">Its <c>TakeFilesAsync</c> is called when there are some.</param>
    /// <param name="zone">The element that shows where to drop.</param>
    /// <returns>Gives their list (<c>listing</c>), each file (<c>open</c>), and ends the wait (<c>stop</c>).</returns>
    public async Task<IJSObjectReference> ListenForFilesAsync<T>(
        DotNetObjectReference<T> listener, ElementReference zone)
        where T : class =>
        await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("listenForFiles", listener, zone);

    public async ValueTask DisposeAsync()
    {
        if (_module is null)
        {
            return;
        }

        try
        {
            await (await _module).DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the module with it.
        }
    }

    private Task<IJSObjectReference> ModuleAsync() =>
        _module ??= runtime.InvokeAsync<IJSObjectReference>("import", "/page/page.js").AsTask();
}
