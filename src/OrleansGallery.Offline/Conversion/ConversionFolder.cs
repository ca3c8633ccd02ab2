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
            if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
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
    /// <param name="unreadable">Path and reason of each.</param>
    /// <param name="images">How many images there are.</param>
    /// <param name="share">The share that is tolerated.</param>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public void Judge(IReadOnlyList<string> unreadable, int images, double share)
    {
        string list = Path.Combine(Root, UnreadableFile);
        if (unreadable.Count == 0)
        {
            File.Delete(list);
            return;
        }

        WholeFile.Write(list, Encoding.UTF8.GetBytes(string.Join('\n', unreadable) + "\n"));
        if (unreadable.Count > share * images)
        {
            string more = unreadable.Count > Shown ? $"\n  and {unreadable.Count - Shown} more" : string.Empty;
            throw new InvalidDataException(FormattableString.Invariant(
                $"{unreadable.Count} of {images} images are missing or cannot be read, more than {share:0.##%}; ")
                + $"'{list}' lists them. Fetch them and run the command again, or allow more with --max-unreadable:\n  "
                + string.Join("\n  ", unreadable.Take(Shown)) + more);
        }
    }

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
