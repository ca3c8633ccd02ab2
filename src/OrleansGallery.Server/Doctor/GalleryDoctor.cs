using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Says what a service of given settings would find where it is asked. Nothing is started or changed, so that
/// it may be asked beside a running one.</summary>
public static class GalleryDoctor
{
    // No single look takes longer, whatever hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>Looks at everything, in a fixed order.</summary>
    /// <param name="configFile">A JSON file of settings, by section; null: none.</param>
    /// <param name="settings">Settings that win over all others, for example <c>Server:Urls</c>.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    /// <returns>What was found, as it is found; where the settings are wrong, only what is wrong with them.</returns>
    public static async IAsyncEnumerable<DoctorFinding> ExamineAsync(
        string? configFile, IReadOnlyDictionary<string, string?>? settings,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using ConfigurationManager configuration = new();
        SettingsLook look = new(configuration, configFile, settings);
        IReadOnlyList<DoctorFinding> ofSettings = await RunAsync(look, cancellationToken);
        foreach (DoctorFinding finding in ofSettings)
        {
            yield return finding;
        }

        if (ofSettings.Any(finding => finding.Outcome == DoctorOutcome.Wrong))
        {
            yield break;
        }

        foreach (IDoctorCheck check in ChecksOf(new DoctorSubject(configuration, TimeProvider.System)))
        {
            foreach (DoctorFinding finding in await RunAsync(check, cancellationToken))
            {
                yield return finding;
            }
        }
    }

    /// <summary>Runs a check to its end or to that of its time; whatever it throws is something wrong.</summary>
    internal static async Task<IReadOnlyList<DoctorFinding>> RunAsync(
        IDoctorCheck check, CancellationToken cancellationToken)
    {
        DoctorReport report = new(check.Name);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        try
        {
            // On a thread of its own: what a library or the operating system does not end is left behind.
            await Task.Run(() => check.RunAsync(report, late.Token), CancellationToken.None)
                .WaitAsync(Patience + Grace, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException
            && !cancellationToken.IsCancellationRequested)
        {
            report.Wrong(
                $"There was no answer within {Patience.TotalSeconds:0} s.",
                "Look whether what was asked hangs, or is slow for a moment, and ask again.");
        }
#pragma warning disable CA1031 // What a check could not look at, a start cannot use either.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            report.Wrong(exception.Message, "Put this right; the service would meet it as well.");
        }

        return report.Findings;
    }

    // What a role does not need is not looked at.
    private static IEnumerable<IDoctorCheck> ChecksOf(DoctorSubject subject)
    {
        bool isAlone = !subject.Cluster.IsShared;
        (bool gallery, bool embedding) = (subject.Has(SiloRoles.Gallery), subject.Has(SiloRoles.Embedding));
        return new (bool IsNeeded, IDoctorCheck Check)[]
        {
            (true, new MachineCheck()),
            (subject.Has(SiloRoles.Api), new ImageCheck(subject)),
            (embedding, new TorchCheck(subject)),
            (isAlone || embedding, new FolderCheck(subject)),
            (isAlone, new FileStoreCheck(subject)),
            (!isAlone, new DatabaseCheck(subject)),
            (embedding, new ModelsCheck(subject)),
            (gallery && subject.Server.AsksForKeys, new KeysCheck(subject)),
            (true, new CertificatesCheck(subject)),
            (true, new HttpCheck(subject)),
            (!isAlone && (gallery || embedding), new MemberCheck(subject)),
            (true, new TelemetryCheck(subject)),
        }.Where(one => one.IsNeeded).Select(one => one.Check);
    }
}
