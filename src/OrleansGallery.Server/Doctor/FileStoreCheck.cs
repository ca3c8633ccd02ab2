using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Whether the store in the data folder is one that this program can open, and what is in it.</summary>
internal sealed class FileStoreCheck(DoctorSubject subject) : IDoctorCheck
{
    public string Name => "store";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        report.Ok($"SQLite {SqliteFileStatus.ReadLibraryVersion()} loads.");
        string file = DataFolder.DatabaseFileOf(subject.Server.DataFolder);
        if (!File.Exists(file))
        {
            report.Ok($"There is no store yet; '{file}' is made at the start.");
            subject.Contents = StoreContents.None;
            return Task.CompletedTask;
        }

        SqliteFileStatus status;
        try
        {
            status = SqliteFileStatus.Read(file);
        }
        catch (StoreAwayException exception)
        {
            report.Wrong(
                exception.Message,
                exception.Reason == StoreAwayReason.Damaged
                    ? "Put a backup in its place, or move it away to begin with nothing."
                    : "Let this user read the file, or look who has it locked.");
            return Task.CompletedTask;
        }
        catch (InvalidDataException exception)
        {
            report.Wrong(exception.Message, "Start the program that wrote it, or a newer one.");
            return Task.CompletedTask;
        }

        subject.Contents = status.Contents;
        if (status.Contents is { } contents)
        {
            report.Ok(
                $"'{file}' has schema version {status.Schema.Found} and {DoctorText.Bytes(new FileInfo(file).Length)}; "
                + $"galleries: {contents.Galleries.Count}.");
        }
        else if (status.Schema.Found == 0)
        {
            report.Ok($"'{file}' has no tables yet; they are made at the start.");
            subject.Contents = StoreContents.None;
        }
        else
        {
            report.Warn(
                $"'{file}' has schema version {status.Schema.Found}; the start makes version {status.Schema.Known} of "
                + "it, which an older program cannot open.",
                "Copy the folder first if the older program may be wanted again.");
        }

        LookAtClock(report, file);
        return Task.CompletedTask;
    }

    private void LookAtClock(DoctorReport report, string file)
    {
        DateTimeOffset written = File.GetLastWriteTimeUtc(file);
        DateTimeOffset now = subject.Time.GetUtcNow();
        if (written > now + DatabaseClock.Tolerance)
        {
            report.Warn(
                $"'{file}' was written at {written:u}, and this machine's clock is at {now:u}.",
                "Set the clock (NTP).");
        }
    }
}
