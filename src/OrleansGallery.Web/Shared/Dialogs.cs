using MudBlazor;

namespace OrleansGallery.Web;

/// <summary>How dialogs are shown.</summary>
internal static class Dialogs
{
    public static DialogOptions Small { get; } =
        new() { FullWidth = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true };

    public static DialogOptions Wide { get; } = Small with { MaxWidth = MaxWidth.Medium };
}
