namespace OrleansGallery.Storage;

/// <summary>A file that one owner at a time holds open. The lock is the operating system's, so it ends with the process
/// that holds it, however that ends; the file stays.</summary>
public static class LockFile
{
    /// <summary>Holds the file; makes it where it does not exist.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="refusal">What is thrown where another process, or another owner in this one, has it.</param>
    /// <returns>The lock, until it is disposed of.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public static IDisposable Hold(string path, Func<IOException, Exception> refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            throw refusal(cause);
        }
    }

    /// <summary>Whether somebody holds a file. Nothing is made or taken.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <returns>Whether another process, or another owner in this one, has it.</returns>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static bool IsHeld(string path)
    {
        try
        {
            // Shared, and let go at once: only who holds the file for himself alone is in its way.
            using FileStream look = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            return true;
        }
        catch (IOException cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    // EWOULDBLOCK of flock (Linux 11, macOS 35) and Windows' sharing violation; anything else passes as it is.
    private static bool IsHeld(IOException cause) => (cause.HResult & 0xFFFF) is 11 or 35 or 32;
}
