using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery verify</c>: does the gallery hold what its images say?</summary>
internal sealed class VerifyCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    public VerifyCommand()
        : base(
            "verify",
            "Recompute every sum from the stored images and compare hashes; exit code 1 where any differs.") =>
        Add(_gallery);

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        VerificationResponse report = await client.VerifyAsync(
            arguments.GetRequiredValue(_gallery), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(report);
        }
        else
        {
            output.WriteFields(
                ("result", report.Ok ? "equal" : "DIFFERENT"),
                ("identities", Figures.Count(report.Identities)),
                ("images", Figures.Count(report.Images)),
                ("root hash", report.RootHash));
            foreach (string difference in report.Differences)
            {
                output.WriteLine(difference);
            }
        }

        return report.Ok ? CommandLine.Done : CommandLine.Failed;
    }
}
