using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class IdentityPage
{
    private const int PageLength = 24;

    private readonly Stack<string?> _cursors = new();
    private (string?, string?) _shown;
    private string? _cursor;
    private IdentityResponse? _identity;
    private ImageListResponse? _images;
    private DeletionReceipt? _receipt;
    private ErasureResponse? _erasure;
    private string? _operation;
    private bool _eraseFailed;
    private string _removed = string.Empty;
    private string? _doomed;
    private bool _asked;
    private bool _askedToErase;
    private bool _gone;
    private bool _busy;
    private GalleryApiException? _error;

    [Inject]
    private GalleryClient Client { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Gallery { get; set; }

    [SupplyParameterFromQuery]
    private string? Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Gallery, Id))
        {
            _shown = (Gallery, Id);
            (_cursor, _identity, _receipt, _erasure, _operation, _gone) = (null, null, null, null, null, false);
            _cursors.Clear();
            await LoadAsync();
        }
    }

    private Task LoadAsync() => TryAsync(async () =>
    {
        _images = await Client.ListImagesAsync(Gallery ?? string.Empty, Id ?? string.Empty, _cursor, PageLength);
        _identity = await Client.GetIdentityAsync(Gallery ?? string.Empty, Id ?? string.Empty);
    });

    private Task NextAsync()
    {
        _cursors.Push(_cursor);
        _cursor = _images?.Next;
        return LoadAsync();
    }

    private Task BackAsync()
    {
        _cursor = _cursors.Pop();
        return LoadAsync();
    }

    private Task DeleteIdentityAsync() => TryAsync(async () =>
    {
        _receipt = await Client.DeleteIdentityAsync(Gallery!, Id!);
        _removed = "The identity was deleted";
        (_gone, _identity) = (true, null);
    });

    // Sent again because no answer came, it is the same erasure, and gives the same receipt.
    private async Task EraseAsync()
    {
        await TryAsync(async () =>
        {
            _operation ??= Guid.NewGuid().ToString("N");
            _erasure = await Client.EraseIdentityAsync(Gallery!, Id!, _operation);
            (_gone, _identity, _receipt, _operation) = (true, null, null, null);
        });
        _eraseFailed = _error is not null;
    }

    // Only what failed last is tried again.
    private Task RetryAsync() => _eraseFailed ? EraseAsync() : LoadAsync();

    private async Task DeleteImageAsync()
    {
        bool wasLast = _identity?.Count == 1;
        await TryAsync(async () =>
        {
            _receipt = await Client.DeleteImageAsync(Gallery!, Id!, _doomed!);
            _removed = wasLast ? "The last image was deleted, and the identity with it" : "The image was deleted";
            _gone = wasLast;
        });
        if (_error is null && !_gone)
        {
            await LoadAsync();
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _error, _eraseFailed) = (true, null, false);
        try
        {
            await act();
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
        }
        finally
        {
            (_busy, _asked, _askedToErase, _doomed) = (false, false, false, null);
        }
    }
}
