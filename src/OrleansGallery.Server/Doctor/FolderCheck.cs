using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Whether the data folder can be used: it is nobody else's, may be written and has room.</summary>
internal sealed class FolderCheck(DoctorSubject subject) : IDoctorCheck
{
    // The default model's file, and the store's log at its largest, with as much again.
    private const long LeastRoom = 128L << 20;
    private const long EnoughRoom = 1L << 30;

    private static readonly string Setting = DoctorText.Setting(nameof(ServerOptions.DataFolder), "--data");

    public string Name => "folder";

    public async Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        string root = Path.GetFullPath(subject.Server.DataFolder);
        if (File.Exists(root))
        {
            report.Wrong($"'{root}' is a file.", $"Name a folder: {Setting}.");
            return;
        }

        LookAtRights(report, root);
        LookAtRoom(report, ExistingOf(root));
        if (subject.HasFolderStore && DataFolder.FindOwner(root) is { } owner)
        {
            await LookAtOwnerAsync(report, root, owner, cancellationToken);
        }
    }

    private static void LookAtRights(DoctorReport report, string root)
    {
        string existing = ExistingOf(root);
        if (existing != root)
        {
            SayRights(report, existing, $"'{root}' does not exist; it is made at the start.");
            return;
        }

        string[] closed =
        [
            // What else lies there is not written to: a mount's lost+found, models that others put there.
            .. Directory.EnumerateFiles(root, "gallery.*").Prepend(root).Where(path => !FileRights.AllowWriting(path)),
        ];
        if (closed.Length == 0)
        {
            report.Ok($"'{root}' and its files may be written.");
        }

        Array.ForEach(closed, path => SayRights(report, path, string.Empty));
    }

    private static void SayRights(DoctorReport report, string path, string good)
    {
        if (FileRights.AllowWriting(path))
        {
            report.Ok(good);
        }
        else
        {
            report.Wrong(
                $"The user '{Environment.UserName}' may not write '{path}'.",
                $"Give it to this user (chown), or name another folder: {Setting}.");
        }
    }

    private static void LookAtRoom(DoctorReport report, string folder)
    {
        long room = new DriveInfo(folder).AvailableFreeSpace;
        string text = $"{DoctorText.Bytes(room)} are free on the disk of '{folder}'.";
        if (room < LeastRoom)
        {
            report.Wrong(text, $"Make room: below {DoctorText.Bytes(LeastRoom)} the next writes may fail.");
        }
        else if (room < EnoughRoom)
        {
            report.Warn(text, $"Make room: {DoctorText.Bytes(EnoughRoom)} are little for a store that grows.");
        }
        else
        {
            report.Ok(text);
        }
    }

    private async Task LookAtOwnerAsync(
        DoctorReport report, string root, string owner, CancellationToken cancellationToken)
    {
        if (await subject.RunsAsync(cancellationToken))
        {
            report.Ok($"It is in use by {owner}; a service is running here.");
        }
        else
        {
            report.Wrong(
                $"'{root}' is in use by {owner}, which does not answer at '{subject.Server.Urls}'.",
                $"End that process, ask with its own settings, or name another folder: {Setting}.");
        }
    }

    private static string ExistingOf(string path) =>
        Directory.Exists(path) ? path : ExistingOf(Path.GetDirectoryName(path) ?? Path.GetPathRoot(path)!);
}
