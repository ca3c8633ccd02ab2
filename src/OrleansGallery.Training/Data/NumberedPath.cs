using System.Globalization;

namespace OrleansGallery.Training;

/// <summary>The path of an image that is drawn when it is read: <c>product/view</c> or <c>crop/view</c>.</summary>
internal static class NumberedPath
{
    public static string Of(int item, int view) => string.Create(CultureInfo.InvariantCulture, $"{item}/{view}");

    public static (int Item, int View) Parse(string path)
    {
        int slash = path.IndexOf('/');
        return (
            int.Parse(path.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(path.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
