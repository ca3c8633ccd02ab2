using System.Globalization;

namespace OrleansGallery.Offline;

/// <summary>
/// Omniglot's two archives as they are: every character is an identity, every drawer a facet. Where turned characters
/// count as identities of their own, their names end in <c>/rot090</c> and so on, as in Vinyals' splits.
/// </summary>
public static class OmniglotLayout
{
    private const string Background = "images_background";
    private const string Evaluation = "images_evaluation";

    /// <summary>Reads the archives.</summary>
    /// <param name="folder">The folder that holds <c>images_background.zip</c> and
    /// <c>images_evaluation.zip</c>.</param>
    /// <param name="trainCharacters">
    /// A file of lines <c>Alphabet/characterNN/rotNNN</c> to train on; null for all background characters.
    /// </param>
    /// <param name="turned">Without such a file: whether the three quarter turns are identities too.</param>
    /// <param name="testCharacters">
    /// The same for evaluation; null for all characters of the evaluation archive, upright.
    /// </param>
    /// <param name="galleryImages">How many of a test character's drawers are enrolled; the others are queries.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="IOException">An archive or a list is missing.</exception>
    /// <exception cref="InvalidDataException">A list names a character that is in no archive.</exception>
    public static DataSplits Read(
        string folder, string? trainCharacters, bool turned, string? testCharacters, int galleryImages)
    {
        ZipFiles files = new(
            Path.Combine(folder, $"{Background}.zip"), Path.Combine(folder, $"{Evaluation}.zip"));
        ILookup<string, (string Set, string Path)> drawings = files.Names
            .Where(name => name.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && name.Count(c => c == '/') == 3)
            .Select(name => name.Split('/'))
            .ToLookup(parts => $"{parts[1]}/{parts[2]}", parts => (parts[0], string.Join('/', parts)));
        string[] turns = turned ? ["rot000", "rot090", "rot180", "rot270"] : ["rot000"];
        IEnumerable<string> train = trainCharacters is null
            ? CharactersOf(drawings, Background).SelectMany(character => turns.Select(turn => $"{character}/{turn}"))
            : Lines(trainCharacters);
        IEnumerable<string> test = testCharacters is null
            ? CharactersOf(drawings, Evaluation).Select(character => $"{character}/rot000")
            : Lines(testCharacters);
        DataImage[][] tests = [.. test.Select(identity => Images(drawings, identity))];
        return new DataSplits
        {
            Train = new ImageSet
            {
                Name = "omniglot (train)",
                Files = files,
                Images = [.. train.SelectMany(identity => Images(drawings, identity))],
            },
            Gallery = new ImageSet
            {
                Name = "omniglot (gallery)", Files = files, Images = [.. tests.SelectMany(i => i.Take(galleryImages))],
            },
            Query = new ImageSet
            {
                Name = "omniglot (query)", Files = files, Images = [.. tests.SelectMany(i => i.Skip(galleryImages))],
            },
        };
    }

    private static IEnumerable<string> CharactersOf(ILookup<string, (string Set, string Path)> drawings, string set) =>
        drawings.Where(group => group.First().Set == set).Select(group => group.Key);

    private static IEnumerable<string> Lines(string file) =>
        Utf8File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static DataImage[] Images(ILookup<string, (string Set, string Path)> drawings, string identity)
    {
        int cut = identity.LastIndexOf("/rot", StringComparison.Ordinal);
        if (cut < 0 || !drawings.Contains(identity[..cut])
            || !int.TryParse(identity.AsSpan(cut + 4), NumberStyles.None, CultureInfo.InvariantCulture, out int angle)
            || angle % 90 != 0)
        {
            throw new InvalidDataException(
                $"'{identity}' is no character of the archives; Alphabet/characterNN/rotNNN is expected.");
        }

        return [.. drawings[identity[..cut]].Select(drawing => new DataImage
        {
            Path = drawing.Path,
            Identity = identity,
            Facet = Path.GetFileNameWithoutExtension(drawing.Path)[^2..],
            QuarterTurns = angle / 90 % 4,
        })];
    }
}
