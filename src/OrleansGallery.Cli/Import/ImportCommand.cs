using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery import</c>: enrols existing embeddings out of other systems' files.</summary>
internal sealed class ImportCommand : ClientCommand
{
    private const int MostFailures = 1_000;

    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The files, read one after the other.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<ImportFormat?> _format = ChoiceOption.Maybe<ImportFormat>(
        "--format",
        "What the files are: answers of Qdrant's scroll, Milvus' JSON (rows, data or an array), one JSON object a "
        + "line, CSV with a header, or NumPy's array of one vector per row. Default: by each file's beginning and "
        + "name; it is said which.");

    private readonly Option<string?> _identity = Field(
        "--identity",
        "The field, payload field or column that says whose a row is; of a nested one the names with dots between "
        + "them. Default: identity; of qdrant and milvus it must be named.");

    private readonly Option<string?> _id = Field(
        "--id",
        "The field of the image's id. Default: Qdrant's point id, Milvus' id, else imageId; of rows without one it is "
        + "the file's name and the row's number, as faces.csv:17, the same at every import.");

    private readonly Option<string?> _vector = Field(
        "--vector",
        "The field of the embedding, or one of Qdrant's named vectors; of CSV one column of numbers, or a column per "
        + "number: vector0, vector1, ... Default: vector, or of JSON the only one of numbers.");

    private readonly Option<string?> _facet = Field(
        "--facet", "The field of the condition it was taken under. Default: facet; of qdrant and milvus none.");

    private readonly Option<string?> _takenAt = Field(
        "--taken-at",
        "The field of the time at which it was taken, in ISO 8601. Default: takenAt; of qdrant and milvus none.");

    private readonly Option<string?> _identities = new("--identities")
    {
        Description =
            "With an array: the file of its identities, one per row: lines of text, NDJSON, or an array of whole "
            + "numbers or texts. Default: the array's name with .ids.ndjson behind it, as `gallery export` writes it.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _create = new("--create")
    {
        Description = "Create the gallery where it is not there, for vectors of the files' dimension.",
    };

    public ImportCommand()
        : base(
            "import",
            "Enrol existing embeddings. Rows that cannot be enrolled are reported and the rest goes on (exit code 1 "
            + "then). Run it again to go on after an interruption: what is enrolled is a duplicate.")
    {
        Add(_gallery);
        Add(_files);
        Option[] options = [_format, _identity, _id, _vector, _facet, _takenAt, _identities, _create];
        Array.ForEach(options, Add);
        Validators.Add(result =>
        {
            if (result.GetValue(_identities) is not null && result.GetValue(_files) is not { Length: 1 })
            {
                result.AddError("--identities goes with one array.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        ImportFile[] files = [.. arguments.GetRequiredValue(_files).Select(path => FileOf(path, arguments))];
        int dimension = 0;
        string? none = null;
        foreach (ImportFile file in files)
        {
            if (file.FindDimension(out string fault) is not { } found)
            {
                none ??= fault;
                await output.Error.WriteLineAsync(fault);
                continue;
            }

            await output.Error.WriteLineAsync(
                $"Reading '{file.Path}' as {file.Format.ToString().ToLowerInvariant()}: {Figures.Count(found)} "
                + $"dimensions{(file.MakesIds ? "; ids are the file's name and the row's number" : string.Empty)}.");
            if (dimension != 0 && found != dimension)
            {
                throw new InvalidDataException(
                    $"'{files[0].Path}' has {dimension} dimensions, '{file.Path}' {found}; import them into galleries "
                    + "of their own.");
            }

            dimension = found;
        }

        if (dimension == 0)
        {
            throw new InvalidDataException(none);
        }

        RequireIdsApart(files);
        string gallery = arguments.GetRequiredValue(_gallery);
        await RequireGalleryAsync(client, gallery, dimension, arguments.GetValue(_create), cancellationToken);
        ImportSource source = new(files);
        IngestRun run = new(client, new IngestTally(gallery, files: null, () => source.Share, MostFailures), output);
        return await run.StreamAsync(
            source.ReadAsync(run.Report, cancellationToken), source.TakePlace, cancellationToken);
    }

    private static Option<string?> Field(string name, string description) =>
        new(name) { Description = description, HelpName = "FIELD" };

    private ImportFile FileOf(string path, ParseResult arguments)
    {
        ImportFile file = ImportFile.Of(
            path,
            arguments.GetValue(_format),
            new ImportFields
            {
                Identity = arguments.GetValue(_identity),
                Id = arguments.GetValue(_id),
                Vector = arguments.GetValue(_vector),
                Facet = arguments.GetValue(_facet),
                TakenAt = arguments.GetValue(_takenAt),
            },
            arguments.GetValue(_identities));
        return file.Format == ImportFormat.Npy || arguments.GetValue(_identities) is null
            ? file
            : throw new InvalidDataException(
                $"--identities has no effect: '{path}' is {file.Format.ToString().ToLowerInvariant()}, whose rows say "
                + "whose they are.");
    }

    private static void RequireIdsApart(ImportFile[] files)
    {
        ImportFile[]? twins = files.Where(file => file.MakesIds)
            .GroupBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal)
            .FirstOrDefault(same => same.Skip(1).Any())?.ToArray();
        if (twins is not null)
        {
            throw new InvalidDataException(
                $"'{twins[0].Path}' and '{twins[1].Path}' have one name, after which rows without an id are called; "
                + "name the field of an id with --id, or give the files names of their own.");
        }
    }

    private static async Task RequireGalleryAsync(
        GalleryClient client, string gallery, int dimension, bool create, CancellationToken cancellationToken)
    {
        GalleryResponse? found = null;
        try
        {
            found = await client.GetGalleryAsync(gallery, cancellationToken);
        }
        catch (GalleryApiException exception) when (exception.Code == ErrorCodes.GalleryNotFound)
        {
            found = create
                ? await client.CreateGalleryAsync(
                    new CreateGalleryRequest { Name = gallery, Dimension = dimension }, cancellationToken)
                : throw new InvalidDataException(
                    $"There is no gallery '{gallery}'; give --create to have it created with {dimension} dimensions.",
                    exception);
        }

        if (found.Dimension != dimension)
        {
            throw new InvalidDataException(
                $"The embeddings have {dimension} dimensions; gallery '{gallery}' takes {found.Dimension}.");
        }
    }
}
