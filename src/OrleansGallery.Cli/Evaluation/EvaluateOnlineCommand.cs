using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery evaluate online</c>: what a running service answers.</summary>
internal sealed class EvaluateOnlineCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<string> _queries = new("--queries")
    {
        Description =
            "The queries' images: the data set (its query part is taken), a folder of queries, or a manifest's file.",
        HelpName = "PATH",
        Required = true,
    };

    private readonly LayoutChoice _layout = new();
    private readonly FolderChoice _folder = new();

    private readonly Option<string?> _protocol = new("--protocol")
    {
        Description =
            "Which items a query is compared with. reid: not with its own identity's images of its own camera; "
            + "fashion: with all. Default: reid for market1501, dukeMtmcReId and manifests with facets, else fashion.",
        HelpName = "reid|fashion",
    };

    public EvaluateOnlineCommand()
        : base(
            "online",
            "Ask a running service: search a gallery with the queries of a data set whose images are enrolled, and "
            + "report by centroids what `gallery evaluate images` reports.")
    {
        _protocol.AcceptOnlyFromAmong("reid", "fashion");
        Add(_gallery);
        foreach (Option option in (Option[])[_queries, .. _layout.Options, _protocol, .. _folder.Options])
        {
            Add(option);
        }

        Validators.Add(result => _layout.Check(result, _folder));
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        DataOptions data = _layout.Of(arguments, arguments.GetRequiredValue(_queries));
        ImageSet set = LayoutImages.SetOf(data, split: null, "query", _folder.Of(arguments));
        if (set.Images.Count == 0)
        {
            throw new InvalidDataException($"'{set.Name}' has no image.");
        }

        OnlineEvaluation evaluation = new(
            client, arguments.GetRequiredValue(_gallery), ProtocolOf(arguments, data, set));
        await output.Error.WriteLineAsync(
            $"Searching with the {Figures.Count(set.Images.Count)} images of '{set.Name}'.");
        OfflineProgress progress = new(set.Images.Count, output);
        EvaluationDocument document = await evaluation.RunAsync(
            [.. set.Images.Select(image => new OnlineQuery
            {
                Name = image.Path,
                Query = new ServedQuery(image.Identity, image.Facet),
                Read = () => set.Files.Read(image.Path),
            })],
            done =>
            {
                lock (progress)
                {
                    progress.Report(done);
                }
            },
            cancellationToken);
        Tell(evaluation, output);
        if (output.IsJson)
        {
            output.WriteJson(document);
        }
        else
        {
            document.WriteTable(output);
        }

        return CommandLine.Done;
    }

    private EvaluationProtocol ProtocolOf(ParseResult arguments, DataOptions data, ImageSet set)
    {
        bool cameras = data.Source is DataSourceKind.Market1501 or DataSourceKind.DukeMtmcReId
            || (data.Source == DataSourceKind.Manifest && set.Images.Any(image => image.Facet.Length > 0));
        return (arguments.GetValue(_protocol) ?? (cameras ? "reid" : "fashion")) == "reid"
            ? EvaluationProtocol.Reid
            : EvaluationProtocol.Fashion;
    }

    private static void Tell(OnlineEvaluation evaluation, CommandOutput output)
    {
        foreach ((string name, string reason) in evaluation.Unreadable.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            output.Error.WriteLine($"left out: {name}: {reason}");
        }

        if (evaluation.Beyond > 0)
        {
            output.Error.WriteLine(
                $"{Figures.Count(evaluation.Beyond)} queries do not find their identity among the first 1,000 matches, "
                + "the most that an answer has; they count as not found.");
        }
    }
}
