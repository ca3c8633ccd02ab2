using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>A command about one observation, which it shows.</summary>
internal abstract class ObservationCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _observation = new("OBSERVATION")
    {
        Description = "The observation's id: of a single image, the image's.",
    };

    protected ObservationCommand(string name, string description)
        : base(name, description)
    {
        Add(_gallery);
        Add(_observation);
    }

    protected abstract Task<ObservationResponse> SendAsync(
        GalleryClient client, string gallery, string observation, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        ObservationResponse answer = await SendAsync(
            client, arguments.GetRequiredValue(_gallery), arguments.GetRequiredValue(_observation), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(answer);
            return CommandLine.Done;
        }

        output.WriteFields(
            ("observation", answer.ObservationId),
            ("decision", $"{answer.Status.ToString().ToLowerInvariant()}, {ObservationText.Of(answer.DecidedAt)}"),
            ("identity", $"{answer.Identity} ({ObservationText.Word(answer.State)})"),
            ("images", string.Join(", ", answer.ImageIds)),
            ("candidates", ObservationText.Of(answer.Candidates)),
            ("thresholds", $"join {Figures.Score(answer.JoinThreshold)}, found {Figures.Score(answer.FoundThreshold)}, "
                + $"margin {Figures.Score(answer.Margin)}"),
            ("may be", answer.SimilarTo),
            ("undone", answer.UndoneAt is null ? "no" : ObservationText.Of(answer.UndoneAt)));
        return CommandLine.Done;
    }
}
