using System.Globalization;

namespace OrleansGallery.Storage;

/// <summary>
/// A folder that one process at a time may use, by a <see cref="LockFile"/>; a text file beside it names the holder for
/// everyone who is refused.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string DatabaseName = "gallery.db";
    private const string LockName = "gallery.lock";
    private const string OwnerFile = "gallery.owner";

    private readonly IDisposable _lock;

    private DataFolder(string path, IDisposable heldLock)
    {
        Root = path;
        _lock = heldLock;
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The SQLite file.</summary>
    public string DatabaseFile => DatabaseFileOf(Root);

    /// <summary>Opens a folder for this process alone; makes it where it does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The open folder; disposing it lets another process in.</returns>
    /// <exception cref="DataFolderInUseException">Another process, or another owner in this one, has it.</exception>
    public static DataFolder Open(string path)
    {
        string root = Path.GetFullPath(path);
        Directory.CreateDirectory(root);
        IDisposable heldLock = LockFile.Hold(
            Path.Combine(root, LockName), cause => new DataFolderInUseException(root, ReadOwner(root), cause));
        string owner = string.Create(
            CultureInfo.InvariantCulture,
            $"process {Environment.ProcessId} on {Environment.MachineName} since {DateTimeOffset.UtcNow:u}");
        WriteOwner(root, owner);
        return new DataFolder(root, heldLock);
    }

    /// <summary>Who has a folder now. Nothing is made or taken.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The holder; null: nobody.</returns>
    /// <exception cref="UnauthorizedAccessException">The lock's file cannot be read.</exception>
    public static string? FindOwner(string path)
    {
        string root = Path.GetFullPath(path);
        return LockFile.IsHeld(Path.Combine(root, LockName)) ? ReadOwner(root) : null;
    }

    /// <summary>The SQLite file of a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>Its path; it may not exist.</returns>
    public static string DatabaseFileOf(string path) => Path.Combine(Path.GetFullPath(path), DatabaseName);

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    // Only a message is made of it: a full disk must not keep the service, which may still search, from starting.
    private static void WriteOwner(string root, string owner)
    {
        try
        {
            File.WriteAllText(Path.Combine(root, OwnerFile), owner);
        }
        catch (IOException)
        {
            // The lock is what counts.
        }
    }

    private static string ReadOwner(string root)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, OwnerFile)).Trim();
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
