using Microsoft.AspNetCore.Components;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

public sealed partial class IdentityPage
{
    private const int PageLength = 24;

    private readonly Stack<string?> _cursors = new();
    private readonly HashSet<string> _chosen = [];
    private readonly OperationId _erasing = new();
    private ElementReference _heading;
    private bool _toHeading;
    private (string?, string?) _shown;
    private string? _cursor;
    private GalleryResponse? _gallery;
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
    public void Dispose() => Last.Undone -= ShowUndoneAsync;

    protected override void OnInitialized() => Last.Undone += ShowUndoneAsync;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Gallery, Id))
        {
            // The page is the same, so that nobody else gives the new heading the focus.
            _toHeading = _shown != default;
            _shown = (Gallery, Id);
            (_receipt, _erasure, _gone, _asked) = (null, null, false, IdentityAction.None);
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
        (_cursor, _identity, _insight, _similar) = (null, null, null, []);
        _cursors.Clear();
        _chosen.Clear();
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        (string gallery, string id) = (Gallery ?? string.Empty, Id ?? string.Empty);
        try
        {
            _error = null;
            _images = await Client.ListImagesAsync(gallery, id, _cursor, PageLength);
            _identity = await Client.GetIdentityAsync(gallery, id);
            _gallery = await Client.GetGalleryAsync(gallery);
        }
        catch (GalleryApiException exception)
        {
            _error = exception;
            return;
        }

        // What the images are to it comes when they are seen.
        StateHasChanged();
        await ExplainAsync();
    }

    private async Task ExplainAsync()
    {
        (string?, string?, string?) asked = (Gallery, Id, _cursor);
        try
        {
            _unexplained = null;
            InsightResponse insight = await Client.GetInsightAsync(
                Gallery ?? string.Empty, Id ?? string.Empty, against: null, _cursor, PageLength);
            if (asked == (Gallery, Id, _cursor))
            {
                (_insight, _outliers) = (insight, Outliers.Of(insight.Images));
                _similar = _cursor is null ? insight.Similar : _similar;
            }
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

    private void Ask(IdentityAction action, string image) => (_asked, _image) = (action, image);

    private void Close() => _asked = IdentityAction.None;

    // Who has lost all images is gone, and who got them is shown.
    private async Task ShowOperationAsync(OperationResponse done)
    {
        Last.Show(Gallery!, done);
        (_receipt, _erasure) = (null, null);
        if (done.Source.After.Count == 0)
        {
            Navigation.NavigateTo(Links.Identity(Gallery!, done.Target.Identity));
            return;
        }

        await LoadAnewAsync();
    }

    private async Task ShowUndoneAsync(OperationResponse undoing)
    {
        if (Id == undoing.Target.Identity)
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
        _receipt = await Client.DeleteIdentityAsync(Gallery!, Id!);
        (_removed, _gone, _identity, _erasure) = ("The identity was deleted", true, null, null);
    }

    private async Task EraseIdentityAsync()
    {
        _erasure = await _erasing.SendAsync(
            operation => Client.EraseIdentityAsync(Gallery!, Id!, operation), Gallery!, Id!);
        (_gone, _identity, _receipt) = (true, null, null);
    }

    private async Task DeleteImageAsync()
    {
        string image = _image;
        bool wasLast = _identity?.Count == 1;
        _receipt = await Client.DeleteImageAsync(Gallery!, Id!, image);
        _removed = wasLast ? "The last image was deleted, and the identity with it" : "The image was deleted";
        Forget(image, wasLast);
        _erasure = null;
    }

    private async Task EraseImageAsync()
    {
        string image = _image;
        _erasure = await _erasing.SendAsync(
            operation => Client.EraseImageAsync(Gallery!, Id!, image, operation), Gallery!, Id!, image);
        Forget(image, _erasure.Identity.After.Count == 0);
        _receipt = null;
    }

    // Its tile goes at once: the closing dialog would give its button the focus back.
    private void Forget(string image, bool wasLast)
    {
        _chosen.Remove(image);
        _images = _images! with { Images = [.. _images.Images.Where(each => each.ImageId != image)] };
        _gone = wasLast;
        _identity = wasLast ? null : _identity;
    }

    private Task ReloadAsync() => _gone ? Task.CompletedTask : LoadAsync();
}
