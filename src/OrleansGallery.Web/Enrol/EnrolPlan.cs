namespace OrleansGallery.Web;

/// <summary>
/// Whose each of the chosen files is, by the rule of all commands: the first folder below the root says. The root is
/// the one folder that was dropped; were several dropped, or was it one without folders in it, each is an
/// identity's.
/// </summary>
internal sealed class EnrolPlan
{
    private EnrolPlan(IReadOnlyList<PlannedImage> images, IReadOnlyList<NotEnrolled> strays, int passedOver) =>
        (Images, Strays, PassedOver) = (images, strays, passedOver);

    public IReadOnlyList<PlannedImage> Images { get; }

    /// <summary>Files in no identity's folder.</summary>
    public IReadOnlyList<NotEnrolled> Strays { get; }

    /// <summary>Files that systems leave in folders, and hidden ones.</summary>
    public int PassedOver { get; }

    public int Identities => Images.Select(image => image.Identity).Distinct(StringComparer.Ordinal).Count();

    /// <param name="files">What was chosen.</param>
    /// <param name="looseIdentity">Whose files outside of an identity's folder are; empty: nobody's.</param>
    public static EnrolPlan Make(IReadOnlyList<ChosenFile> files, string? looseIdentity)
    {
        string[][] paths = [.. files.Select(file => file.Path.Split('/'))];
        string[] tops = [.. paths.Where(path => path.Length > 1).Select(path => path[0]).Distinct()];
        bool hasRoot = tops.Length == 1 && paths.Any(path => path.Length > 2 && !IsPassedOver(path));
        List<PlannedImage> images = [];
        List<NotEnrolled> strays = [];
        int passedOver = 0;
        for (int place = 0; place < files.Count; place++)
        {
            string[] path = paths[place];
            string[] below = hasRoot && path.Length > 1 ? path[1..] : path;
            string? identity = below.Length > 1 ? below[0] : looseIdentity;
            if (IsPassedOver(path))
            {
                passedOver++;
            }
            else if (string.IsNullOrWhiteSpace(identity))
            {
                strays.Add(new NotEnrolled(files[place].Path, "stray", "It is in no identity's folder."));
            }
            else
            {
                images.Add(new PlannedImage(place, files[place].Path, identity));
            }
        }

        return new EnrolPlan(images, strays, passedOver);
    }

    private static bool IsPassedOver(string[] path) =>
        path.Any(part => part.StartsWith('.') || part == "__MACOSX") || path[^1] is "Thumbs.db" or "desktop.ini";
}
