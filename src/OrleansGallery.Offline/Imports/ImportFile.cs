using System.Globalization;

namespace OrleansGallery.Offline;

/// <summary>A file of existing embeddings.</summary>
public sealed class ImportFile
{
    /// <summary>What <c>gallery export</c> puts behind an array's name for the file of its identities.</summary>
    public const string IdsEnding = ".ids.ndjson";

    // So many rows may be without a field that was named.
    private const int RowsLookedAt = 1_000;

    private readonly ImportFields _fields;
    private readonly string? _identities;

    private ImportFile(string path, ImportFormat format, ImportFields fields, string? identities)
    {
        (Path, Format, _fields, _identities) = (path, format, fields, identities);
        Length = new FileInfo(path).Length;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>How it holds them.</summary>
    public ImportFormat Format { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>Whether rows without an id are named after the file; known once its dimension is.</summary>
    public bool MakesIds { get; private set; }

    /// <summary>Names a file, and finds out what it is where that is not said.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format; null: by its name or beginning.</param>
    /// <param name="fields">Which field is what.</param>
    /// <param name="identities">Of an array: the file of the identities; null: the one beside it.</param>
    /// <exception cref="InvalidDataException">It is not there, or nothing that is known.</exception>
    public static ImportFile Of(string path, ImportFormat? format, ImportFields fields, string? identities)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!File.Exists(path) || !FileKind.IsRegular(path))
        {
            throw new InvalidDataException(
                $"'{path}' cannot be read: "
                + (System.IO.Path.Exists(path) ? "it is no regular file." : "it is not there."));
        }

        return new ImportFile(path, format ?? ImportRecognition.FormatOf(path), fields, identities);
    }

    /// <summary>Opens it.</summary>
    /// <returns>Its rows.</returns>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    /// <exception cref="NpyException">It is no array, or a broken one.</exception>
    public IImportRows Open() => Format switch
    {
        ImportFormat.Qdrant => new QdrantRows(Path, _fields),
        ImportFormat.Milvus => new MilvusRows(Path, _fields, IdOf),
        ImportFormat.Ndjson => new NdjsonRows(Path, _fields, IdOf),
        ImportFormat.Csv => new CsvRows(Path, _fields, IdOf),
        _ => new NpyRows(Path, _identities, _fields, IdOf),
    };

    /// <summary>The dimension of its first row that is any good.</summary>
    /// <param name="fault">Why there is none: it has no rows, or what is wrong with the first one.</param>
    /// <returns>Numbers per vector; null: none of its rows can be enrolled.</returns>
    /// <exception cref="InvalidDataException">It is broken before it, or of its first 1,000 rows none has a field that
    /// was named: without it they would be enrolled as something else.</exception>
    /// <exception cref="NpyException">It is no array, or a broken one.</exception>
    public int? FindDimension(out string fault)
    {
        using IImportRows rows = Open();
        (ImportRow? bad, ImportRow? good, int looked) = (null, null, 0);
        bool needsFacet = _fields.Facet is not null && Format != ImportFormat.Csv;
        bool needsTime = _fields.TakenAt is not null && Format != ImportFormat.Csv;
        foreach (ImportRow row in rows.Read())
        {
            if (row.Fault is not null)
            {
                bad ??= row;
                continue;
            }

            good ??= row;
            needsFacet &= row.Facet is null;
            needsTime &= row.TakenAt is null;
            if ((!needsFacet && !needsTime) || ++looked == RowsLookedAt)
            {
                break;
            }
        }

        fault = bad is null
            ? $"'{Path}' has no rows."
            : $"'{Path}' has no row that can be enrolled; of the first one, {PlaceOf(bad)}: {bad.Fault}";
        if (good is null)
        {
            return null;
        }

        if (needsFacet || needsTime)
        {
            (string option, string? field) =
                needsFacet ? ("--facet", _fields.Facet) : ("--taken-at", _fields.TakenAt);
            throw new InvalidDataException(
                $"'{Path}': of its first rows none has a field '{field}'; {option} names it, or leave {option} out.");
        }

        MakesIds = good.ImageId == IdOf(good.Number);
        return good.Vector.Length;
    }

    /// <summary>Where a row is, as reports name it: <c>line 17</c> of a file of lines, else its number too.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Path, line and number.</returns>
    public string PlaceOf(ImportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Format switch
        {
            ImportFormat.Qdrant => $"{Path}:{row.Line} (point {row.Number})",
            ImportFormat.Milvus => $"{Path}:{row.Line} (row {row.Number})",
            ImportFormat.Npy => $"{Path} (row {row.Number})",
            _ => $"{Path}:{row.Line}",
        };
    }

    /// <summary>Whether a file's name says that it has a JSON object a line.</summary>
    internal static bool IsNdjson(string path) => path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    private string IdOf(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileName(Path)}:{number}");
}
