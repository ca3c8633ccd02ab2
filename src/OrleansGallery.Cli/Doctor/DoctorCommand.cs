using System.CommandLine;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary><c>gallery doctor</c>: what <c>gallery serve</c> would find here.</summary>
internal sealed class DoctorCommand : Command
{
    private readonly ServeOptions _options = new();

    public DoctorCommand()
        : base(
            "doctor",
            "Say what `gallery serve` with the same settings would find here, and what to do (exit code 1: something "
            + "is wrong). Nothing is started or changed; a service may be running.")
    {
        foreach (Option option in _options.All)
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        List<DoctorFinding> findings = [];
        await foreach (DoctorFinding finding in GalleryDoctor.ExamineAsync(
            _options.ConfigFileOf(arguments), _options.SettingsOf(arguments), cancellationToken))
        {
            findings.Add(finding);
            if (!output.IsJson)
            {
                Write(output, finding);
            }
        }

        if (output.IsJson)
        {
            output.WriteJson(findings);
        }

        return findings.Any(finding => finding.Outcome == DoctorOutcome.Wrong) ? CommandLine.Failed : CommandLine.Done;
    }

    private static void Write(CommandOutput output, DoctorFinding finding)
    {
        string outcome = finding.Outcome switch
        {
            DoctorOutcome.Ok => "ok",
            DoctorOutcome.Warning => "warning",
            _ => "wrong",
        };
        output.WriteLine($"{outcome,-7}  {finding.Check}: {finding.Text}");
        if (finding.Advice is { } advice)
        {
            output.WriteLine($"         {advice}");
        }
    }
}
