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

    // EWOULDBLOCK of flock (Linux 11, macOS 35) and Windows' sharing violation; anything else passes as it is.
    private static bool IsHeld(IOException cause) => (cause.HResult & 0xFFFF) is 11 or 35 or 32;
}
