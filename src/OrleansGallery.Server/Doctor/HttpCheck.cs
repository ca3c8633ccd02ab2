using System.Net.Sockets;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Whether the addresses for HTTP can be listened on.</summary>
internal sealed class HttpCheck(DoctorSubject subject) : IDoctorCheck
{
    private const string Setting = $"{ServerOptions.Section}:{nameof(ServerOptions.Urls)} (--urls)";

    public string Name => "http";

    public async Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        if (subject.Addresses.Count == 0)
        {
            report.Ok($"{Setting} is empty: it listens nowhere.");
        }

        foreach (ListenAddress address in subject.Addresses)
        {
            await LookAsync(address, report, cancellationToken);
        }
    }

    private async Task LookAsync(
        ListenAddress address, DoctorReport report, CancellationToken cancellationToken)
    {
        switch (PortProbe.Refusal(address.Endpoint))
        {
            case null:
                report.Ok(address.Endpoint.Port == 0
                    ? $"A free port of {address.Endpoint.Address} is taken."
                    : $"{address.Endpoint} is free.");
                break;
            case { SocketErrorCode: SocketError.AddressAlreadyInUse }
                when await LiveService.AnswersAsync(address, cancellationToken):
                SayRunning(address, report);
                break;
            case { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                report.Wrong(
                    $"{address.Endpoint} is another program's.",
                    $"End that program (`ss -ltnp` names it), or choose another port: {Setting}.");
                break;
            case var refusal:
                report.Wrong(
                    $"{address.Endpoint} cannot be listened on: {refusal.Message}.",
                    refusal.SocketErrorCode == SocketError.AccessDenied
                        ? $"Choose a port from 1024 on ({Setting}), or let this user have lower ones."
                        : $"Name an address that this machine has: {Setting}.");
                break;
        }
    }

    private void SayRunning(ListenAddress address, DoctorReport report)
    {
        if (subject.HasFolderStore && DataFolder.FindOwner(subject.Server.DataFolder) is null)
        {
            report.Wrong(
                $"Another gallery service is running at {address.Endpoint}: nobody uses the folder "
                + $"'{Path.GetFullPath(subject.Server.DataFolder)}'.",
                $"Ask with that service's own settings, or choose another port: {Setting}.");
        }
        else
        {
            report.Ok($"A service is running at {address.Endpoint}.");
        }
    }
}
