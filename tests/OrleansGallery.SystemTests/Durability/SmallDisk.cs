using System.ComponentModel;
using System.Diagnostics;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests;

/// <summary>A disk of a few megabytes in memory (tmpfs); the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _isMounted;

    public SmallDisk(int megabytes)
    {
        string refusal = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.Root);
        _isMounted = refusal.Length == 0;
        if (!_isMounted)
        {
            _folder.Dispose();
            Assert.Skip($"No small disk can be mounted here: {refusal}");
        }
    }

    public string Root => _folder.Root;

    public void Resize(int megabytes) =>
        Assert.Equal("", Run("mount", "-o", $"remount,size={megabytes}m", _folder.Root));

    /// <summary>Takes all room that is left.</summary>
    public void Fill()
    {
        using FileStream file = new(Path.Combine(Root, "filler"), FileMode.Append);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            _isMounted = false;
            Run("umount", "-l", _folder.Root);
            _folder.Dispose();
        }
    }

    /// <returns>What went wrong; empty: nothing.</returns>
    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
            })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : $"{program} exits {process.ExitCode}. {errors}";
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
