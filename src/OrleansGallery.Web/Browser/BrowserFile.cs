using Microsoft.JSInterop;

namespace OrleansGallery.Web;

/// <summary>Reads what the browser holds.</summary>
internal static class BrowserFile
{
    /// <param name="source">What the script returned a handle of.</param>
    /// <param name="name">The function that gives the file.</param>
    /// <param name="maxBytes">The largest file that is taken.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="arguments">The function's arguments.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="IOException">The file cannot be read, is too large, or its browser has gone.</exception>
    public static async Task<byte[]> ReadAsync(
        IJSObjectReference source, string name, long maxBytes, CancellationToken cancellationToken,
        params object[] arguments)
    {
        try
        {
            await using IJSStreamReference handle =
                await source.InvokeAsync<IJSStreamReference>(name, cancellationToken, arguments);
            if (handle.Length > maxBytes)
            {
                throw new IOException($"It has {handle.Length} bytes; the page takes {maxBytes}.");
            }

            byte[] bytes = new byte[handle.Length];
            await using Stream stream = await handle.OpenReadStreamAsync(maxBytes, cancellationToken);
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception exception) when (exception is JSException or InvalidOperationException or TimeoutException)
        {
            // The file was renamed or taken away since it was chosen, for one.
            throw new IOException($"The browser could not read it: {FirstLine(exception.Message)}", exception);
        }
    }

    /// <summary>Tells the script that nobody takes files any more.</summary>
    /// <param name="source">What it returned a handle of; null: it was not asked yet.</param>
    public static async Task StopAsync(IJSObjectReference? source)
    {
        try
        {
            if (source is not null)
            {
                await source.InvokeVoidAsync("stop");
                await source.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
