using System.Globalization;

namespace OrleansGallery.Storage;

/// <summary>
/// A folder that one process at a time may use. The lock is the operating system's, so it ends with the process that
/// holds it, however that ends; a text file beside it names the holder for everyone who is refused.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string DatabaseName = "gallery.db";
    private const string LockFile = "gallery.lock";
    private const string OwnerFile = "gallery.owner";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream heldLock)
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
        FileStream heldLock;
        try
        {
            heldLock = new FileStream(
                Path.Combine(root, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            throw new DataFolderInUseException(root, ReadOwner(root), cause);
        }

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
        try
        {
            // Shared, and let go at once: only who holds the lock for himself alone is in its way.
            using FileStream look = new(
                Path.Combine(root, LockFile), FileMode.Open, FileAccess.Read, FileShare.Read);
            return null;
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            return ReadOwner(root);
        }
        catch (IOException cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The SQLite file of a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>Its path; it may not exist.</returns>
    public static string DatabaseFileOf(string path) => Path.Combine(Path.GetFullPath(path), DatabaseName);

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    // EWOULDBLOCK of flock (Linux 11, macOS 35) and Windows' sharing violation; anything else passes as it is.
    private static bool IsHeld(IOException cause) => (cause.HResult & 0xFFFF) is 11 or 35 or 32;

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
