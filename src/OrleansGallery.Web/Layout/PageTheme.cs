using MudBlazor;

namespace OrleansGallery.Web;

/// <summary>Colours and fonts. The fonts are those of the reader's system: none is fetched.</summary>
internal static class PageTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1f5f8b",
            Secondary = "#8a4b08",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b1f24",
            TextPrimary = "#1b1f24",
            TextSecondary = "#57606a",
            LinesDefault = "#d8dee4",
            TableLines = "#e4e8ec",
            Success = "#1a7f37",
            Warning = "#8a5a00",
            Error = "#b42318",
            Info = "#1f5f8b",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7cc0ee",
            PrimaryContrastText = "#0d1720",
            Secondary = "#e8b072",
            Background = "#12161b",
            Surface = "#1b2128",
            AppbarBackground = "#1b2128",
            AppbarText = "#e8edf2",
            TextPrimary = "#e8edf2",
            TextSecondary = "#a3aeb9",
            LinesDefault = "#313a44",
            TableLines = "#2a323b",
            Success = "#56d37c",
            SuccessContrastText = "#0d1720",
            Warning = "#e5b454",
            WarningContrastText = "#0d1720",
            Error = "#ff8a80",
            ErrorContrastText = "#0d1720",
            Info = "#7cc0ee",
            InfoContrastText = "#0d1720",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
    };
}
