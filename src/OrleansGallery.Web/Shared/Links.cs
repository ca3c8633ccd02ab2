namespace OrleansGallery.Web;

/// <summary>
/// Addresses of the page. Ids stand in the query, never in the path: there a browser and the router would change some
/// of them (dots, percent signs).
/// </summary>
internal static class Links
{
    public const string Reference = "/reference";

    public static string Search(string gallery) => Of("search", gallery);

    public static string Enrol(string gallery) => Of("enrol", gallery);

    public static string Gallery(string gallery) => Of("gallery", gallery);

    public static string Calibration(string gallery) => Of("calibration", gallery);

    public static string Suggestions(string gallery) => Of("suggestions", gallery);

    public static string Identities(string gallery) => Of("identities", gallery);

    public static string Identity(string gallery, string identity) =>
        $"{Of("identity", gallery)}&id={Uri.EscapeDataString(identity)}";

    public const string ThumbnailPage = "thumbnail";

    public static string Thumbnail(string gallery, string identity, string image) =>
        $"{Of(ThumbnailPage, gallery)}&identity={Uri.EscapeDataString(identity)}&image={Uri.EscapeDataString(image)}";

    private static string Of(string page, string gallery) => $"{page}?gallery={Uri.EscapeDataString(gallery)}";
}
