using System.Net.Sockets;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Whether the audit trail can be written, and what is to be sent has somebody to take it.</summary>
internal sealed class TelemetryCheck(DoctorSubject subject) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "telemetry";

    public async Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        if (subject.Has(SiloRoles.Api) && subject.Server.AuditFile is { Length: > 0 } file)
        {
            await LookAtAuditAsync(report, Path.GetFullPath(file), cancellationToken);
        }

        TelemetryOptions telemetry = subject.Read<TelemetryOptions>();
        if (telemetry.Sends)
        {
            await LookAtEndpointAsync(report, new Uri(telemetry.OtlpEndpoint), cancellationToken);
        }
    }

    private async Task LookAtAuditAsync(DoctorReport report, string file, CancellationToken cancellationToken)
    {
        if (LockFile.IsHeld(AuditFile.LockOf(file)))
        {
            if (await subject.RunsAsync(cancellationToken))
            {
                report.Ok($"The audit trail '{file}' is written by the running service.");
            }
            else
            {
                report.Wrong(
                    $"The audit trail '{file}' is written by another process.",
                    $"Name a file of its own: {DoctorText.Setting(nameof(ServerOptions.AuditFile))}.");
            }

            return;
        }

        // Full files are renamed, for which the folder must be writable too.
        string folder = Path.GetDirectoryName(file)!;
        string[] closed =
        [
            .. new[] { folder, file }.Where(path =>
                path == folder ? !Directory.Exists(path) || !FileRights.AllowWriting(path)
                : Directory.Exists(path) || (File.Exists(path) && !FileRights.AllowWriting(path))),
        ];
        if (closed.Length == 0)
        {
            report.Ok($"The audit trail '{file}' may be written.");
        }

        foreach (string path in closed)
        {
            report.Wrong(
                Directory.Exists(path) || File.Exists(path)
                    ? $"The audit trail '{file}' cannot be written: the user '{Environment.UserName}' may not write "
                        + $"'{path}', or it is a folder."
                    : $"The audit trail '{file}' cannot be written: there is no folder '{path}'.",
                $"Make the folder and give it to this user, or name another file: "
                + $"{DoctorText.Setting(nameof(ServerOptions.AuditFile))}.");
        }
    }

    private static async Task LookAtEndpointAsync(
        DoctorReport report, Uri endpoint, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        string? refusal = null;
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, late.Token);
        }
        catch (SocketException exception)
        {
            refusal = exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            refusal = "it does not answer";
        }

        string setting = $"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)}";
        if (refusal is null)
        {
            report.Ok($"{setting} {endpoint} takes connections.");
        }
        else
        {
            report.Warn(
                $"{setting} {endpoint} cannot be reached: {refusal}.",
                "Start the collector, or put the address right; the service works without, and sends nothing.");
        }
    }
}
