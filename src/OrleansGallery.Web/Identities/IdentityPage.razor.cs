using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class IdentityPage
{
    private const int PageLength = 24;

    private readonly Stack<string?> _cursors = new();
    private readonly HashSet<string> _chosen = [];
    private OperationId _erasing = new();
    private ElementReference _heading;
    private bool _toHeading;
    private (string?, string?) _shown;
    private string? _cursor;
    private int _load;
    private bool _left;
    // Of one answer: the gallery, the identity that is acted on, and, until another one is asked for, what is shown.
    private GalleryResponse? _gallery;
    private string _about = string.Empty;
    private IdentityResponse? _identity;
    private ImageListResponse? _images;
    private InsightResponse? _insight;
    private IReadOnlyList<SearchMatch> _similar = [];
    private IReadOnlySet<string> _outliers = new HashSet<string>();
    private DeletionReceipt? _receipt;
    private ErasureResponse? _erasure;
    private string _removed = string.Empty;
    private IdentityAction _asked;
    private string _image = string.Empty;
    private bool _gone;
    private GalleryApiException? _error;
    private GalleryApiException? _unexplained;

    [Inject]
    private GalleryClient Client { get; set; } = null!;

    [Inject]
    private LastOperation Last { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Gallery { get; set; }

    [SupplyParameterFromQuery]
    private string? Id { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        _left = true;
        Last.Undone -= ShowUndoneAsync;
    }

    protected override void OnInitialized() => Last.Undone += ShowUndoneAsync;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Gallery, Id))
        {
            // The page is the same, so that nobody else gives the new heading the focus.
            _toHeading = _shown != default;
            _shown = (Gallery, Id);
            await LoadAnewAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toHeading)
        {
            _toHeading = false;
            await _heading.FocusAsync();
        }
    }

    private Task LoadAnewAsync()
    {
        (_receipt, _erasure, _gone, _asked) = (null, null, false, IdentityAction.None);
        (_cursor, _identity, _insight, _similar) = (null, null, null, []);
        _cursors.Clear();
        _chosen.Clear();
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        int load = ++_load;
        (string name, string id) = (Gallery ?? string.Empty, Id ?? string.Empty);
        try
        {
            _error = null;
            ImageListResponse images = await Client.ListImagesAsync(name, id, _cursor, PageLength);
            IdentityResponse identity = await Client.GetIdentityAsync(name, id);
            GalleryResponse gallery = await Client.GetGalleryAsync(name);
            if (load != _load)
            {
                return;
            }

            (_gallery, _about, _identity, _images, _gone) = (gallery, id, identity, images, false);
        }
        catch (GalleryApiException exception)
        {
            if (load == _load)
            {
                // What was just removed is not missed.
                _gone = exception.Code == ErrorCodes.IdentityNotFound && (_receipt is not null || _erasure is not null);
                (_identity, _error) = (_gone ? null : _identity, _gone ? null : exception);
            }

            return;
        }

        // What the images are to it comes when they are seen.
        StateHasChanged();
        await ExplainAsync();
    }

    private async Task ExplainAsync()
    {
        int load = _load;
        try
        {
            _unexplained = null;
            InsightResponse insight = await Client.GetInsightAsync(
                _gallery!.Name, _about, against: null, _cursor, PageLength);
            if (load == _load)
            {
                (_insight, _outliers) = (insight, Outliers.Of(insight.Images));
                _similar = _cursor is null ? insight.Similar : _similar;
            }
        }
        catch (GalleryApiException) when (load != _load)
        {
        }
        catch (GalleryApiException exception)
        {
            (_insight, _outliers, _unexplained) = (null, new HashSet<string>(), exception);
        }
    }

    private ImageInsightResponse? InsightOf(ImageResponse image) =>
        _insight?.Images.FirstOrDefault(each => each.ImageId == image.ImageId);

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

    private void Choose(string image, bool yes) => _ = yes ? _chosen.Add(image) : _chosen.Remove(image);

    private void Ask(IdentityAction action) => (_asked, _erasing) = (action, new OperationId());

    private void Ask(IdentityAction action, string image)
    {
        _image = image;
        Ask(action);
    }

    private void Close() => _asked = IdentityAction.None;

    // What is done may end when another identity is shown, or another page.
    private bool IsShown(string gallery, string identity) => !_left && (Gallery, Id) == (gallery, identity);

    // Who has lost all images is gone, and who got them is shown.
    private async Task ShowOperationAsync((string Gallery, OperationResponse Receipt) done)
    {
        Last.Show(done.Gallery, done.Receipt);
        if (!IsShown(done.Gallery, done.Receipt.Source.Identity))
        {
            return;
        }

        (_receipt, _erasure) = (null, null);
        if (done.Receipt.Source.After.Count == 0)
        {
            Navigation.NavigateTo(Links.Identity(done.Gallery, done.Receipt.Target.Identity));
            return;
        }

        await LoadAnewAsync();
    }

    private async Task ShowUndoneAsync(OperationResponse undoing)
    {
        if (IsShown(Last.Gallery, undoing.Target.Identity))
        {
            await InvokeAsync(LoadAnewAsync);
        }
        else
        {
            Navigation.NavigateTo(Links.Identity(Last.Gallery, undoing.Target.Identity));
        }
    }

    private async Task DeleteIdentityAsync()
    {
        (string gallery, string identity) = (_gallery!.Name, _about);
        DeletionReceipt receipt = await Client.DeleteIdentityAsync(gallery, identity);
        if (IsShown(gallery, identity))
        {
            (_receipt, _erasure, _removed, _identity) = (receipt, null, "The identity was deleted", null);
        }
    }

    private async Task EraseIdentityAsync()
    {
        (string gallery, string identity) = (_gallery!.Name, _about);
        ErasureResponse erasure = await _erasing.SendAsync(
            operation => Client.EraseIdentityAsync(gallery, identity, operation), gallery, identity);
        if (IsShown(gallery, identity))
        {
            (_erasure, _receipt, _identity) = (erasure, null, null);
        }
    }

    private async Task DeleteImageAsync()
    {
        (string gallery, string identity, string image) = (_gallery!.Name, _about, _image);
        bool wasLast = _identity?.Count == 1;
        DeletionReceipt receipt = await Client.DeleteImageAsync(gallery, identity, image);
        if (IsShown(gallery, identity))
        {
            (_receipt, _erasure) = (receipt, null);
            _removed = wasLast ? "The last image was deleted, and the identity with it" : "The image was deleted";
            Forget(image, wasLast);
        }
    }

    private async Task EraseImageAsync()
    {
        (string gallery, string identity, string image) = (_gallery!.Name, _about, _image);
        ErasureResponse erasure = await _erasing.SendAsync(
            operation => Client.EraseImageAsync(gallery, identity, image, operation), gallery, identity, image);
        if (IsShown(gallery, identity))
        {
            (_erasure, _receipt) = (erasure, null);
            Forget(image, erasure.Identity.After.Count == 0);
        }
    }

    // Its tile goes at once: the closing dialog would give its button the focus back.
    private void Forget(string image, bool wasLast)
    {
        _chosen.Remove(image);
        _images = _images! with { Images = [.. _images.Images.Where(each => each.ImageId != image)] };
        _identity = wasLast ? null : _identity;
    }

    // Asked for anew, for what came to it meanwhile; nothing where another page is shown.
    private Task ReloadAsync() => _left ? Task.CompletedTask : LoadAsync();
}
