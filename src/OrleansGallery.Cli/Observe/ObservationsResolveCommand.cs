using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery observations resolve</c>: says whose an observation is.</summary>
internal sealed class ObservationsResolveCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _observation = new("OBSERVATION")
    {
        Description = "The observation's id: of a single image, the image's.",
    };

    private readonly Option<string?> _into = new("--into")
    {
        Description = "The identity that its images belong to.", HelpName = "IDENTITY",
    };

    private readonly Option<bool> _new = new("--new")
    {
        Description = "It is somebody new: a provisional identity.",
    };

    public ObservationsResolveCommand()
        : base("resolve", "Say whose an observation is that was parked or founded a provisional identity.")
    {
        Add(_gallery);
        Add(_observation);
        Add(_into);
        Add(_new);
        Validators.Add(result =>
        {
            if (result.GetValue(_into) is null != result.GetValue(_new))
            {
                result.AddError("Give either --into or --new.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        ObservedIdentity answer = await client.ResolveObservationAsync(
            arguments.GetRequiredValue(_gallery), arguments.GetRequiredValue(_observation),
            arguments.GetValue(_into), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(answer);
        }
        else
        {
            output.WriteLine(
                $"'{answer.Identity}' ({ObservationText.Word(answer.State)}) has {Figures.Count(answer.Count)} images "
                + "now.");
        }

        return CommandLine.Done;
    }
}
