using System.Text;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>
/// The folder of one conversion. A note in it says which, so that an interrupted one goes on and another one does not
/// mix with it.
/// </summary>
internal sealed class ConversionFolder
{
    /// <summary>The note's name.</summary>
    public const string NoteFile = "conversion.json";

    /// <summary>The name of the list of images that could not be converted.</summary>
    public const string UnreadableFile = "unreadable.txt";

    private const int Shown = 5;

    private ConversionFolder(string root) => Root = root;

    /// <summary>Its path.</summary>
    public string Root { get; }

    /// <summary>Begins a conversion or goes on with it.</summary>
    /// <param name="root">The folder; it is made.</param>
    /// <param name="what">The data set and how it is converted.</param>
    /// <param name="hash">Of all that will be made.</param>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static ConversionFolder Open(string root, string what, string hash)
    {
        string note = Path.Combine(root, NoteFile);
        string mine = JsonSerializer.Serialize(new Note(what, hash));
        if (!File.Exists(note))
        {
            // A first write that was killed leaves an unfinished note.
            if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any(
                entry => Path.GetFileName(entry) != WholeFile.UnfinishedOf(NoteFile)))
            {
                throw new InvalidDataException(
                    $"'{root}' is not empty and no conversion began there; name a folder that is new or empty.");
            }

            WholeFile.Write(note, Encoding.UTF8.GetBytes(mine));
        }
        else if (Read(note) is var found && found != new Note(what, hash))
        {
            throw new InvalidDataException(
                found.What == what
                    ? $"'{root}' holds a conversion ({what}) of another download or other annotations; name another "
                        + "folder, or remove it."
                    : $"'{root}' holds another conversion: {found.What}, not {what}; name another folder.");
        }

        return new ConversionFolder(root);
    }

    /// <summary>Writes the list of what could not be converted, or removes an old one.</summary>
    /// <param name="images">Each image's part, what the share is counted of (for example "query"), and its path and
    /// reason if it could not be converted.</param>
    /// <param name="share">The share that is tolerated of each.</param>
    /// <exception cref="InvalidDataException">There are more, or a part has no image left.</exception>
    public void Judge(IReadOnlyList<(ConvertedPart Part, string Of, string? Failure)> images, double share)
    {
        string list = Path.Combine(Root, UnreadableFile);
        string[] unreadable = [.. images.Select(image => image.Failure).OfType<string>()];
        if (unreadable.Length == 0)
        {
            File.Delete(list);
            return;
        }

        WholeFile.Write(list, Encoding.UTF8.GetBytes(string.Join('\n', unreadable) + "\n"));
        string[] over =
        [
            .. images.OrderBy(image => image.Part).GroupBy(image => image.Of)
                .Select(of => (Of: of.Key, All: of.Count(), Bad: of.Count(image => image.Failure is not null)))
                .Where(of => of.Bad > share * of.All)
                .Select(of => FormattableString.Invariant($"{of.Bad} of {of.All} {of.Of} images")),
        ];
        if (over.Length > 0)
        {
            throw new InvalidDataException(
                string.Join(" and ", over)
                + FormattableString.Invariant($" are missing or cannot be read, more than {share:0.##%}; ")
                + $"'{list}' lists them. Fetch them and run the command again, or allow more with --max-unreadable:"
                + First(unreadable));
        }

        if (images.GroupBy(image => image.Part).FirstOrDefault(part => part.All(image => image.Failure is not null))
            is { } empty)
        {
            throw new InvalidDataException(
                $"Not one {empty.Key.Word()} image can be read, and train, query and gallery must have one at least; "
                + $"'{list}' lists them. Fetch them and run the command again:{First(unreadable)}");
        }
    }

    private static string First(string[] unreadable) =>
        string.Concat(unreadable.Take(Shown).Select(one => $"\n  {one}"))
        + (unreadable.Length > Shown ? $"\n  and {unreadable.Length - Shown} more" : string.Empty);

    private static Note Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Note>(Utf8File.ReadBytes(file).Span) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"'{file}' is not what a conversion writes; name another folder, or remove it.", exception);
        }
    }

    private sealed record Note(string What, string Plan);
}
