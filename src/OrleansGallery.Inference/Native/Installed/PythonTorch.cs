using System.ComponentModel;
using System.Diagnostics;

namespace OrleansGallery.Inference.Native;

/// <summary>Asks the Python installation of this machine where its torch is; torch itself is not imported.</summary>
internal static class PythonTorch
{
    private const string Program = "python3";
    private const string Question =
        "import importlib.util as u; s = u.find_spec('torch'); "
        + "print(list(s.submodule_search_locations)[0] if s and s.submodule_search_locations else '')";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Finds the folder of the package torch.</summary>
    /// <param name="searchPath">Folders separated as in <c>PATH</c>.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="TorchRuntimeException">There is no Python, or it has no torch.</exception>
    public static string Find(string searchPath)
    {
        string python = searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists)
            ?? throw new TorchRuntimeException(
                $"This program brings no libtorch, and there is no {Program} on PATH to name one. Install Python with "
                + $"torch, or set Torch:Folder ({TorchOptions.FolderVariable}) to a folder with libtorch.");
        string answer = Ask(python);
        return answer.Length > 0 ? answer : throw new TorchRuntimeException(
            $"This program brings no libtorch, and '{python}' has no torch. Install it there (pip install torch), or "
            + $"set Torch:Folder ({TorchOptions.FolderVariable}) to a folder with libtorch.");
    }

    private static string Ask(string python)
    {
        ProcessStartInfo start = new(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Question);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw Failed(python, $"it did not answer within {Patience.TotalSeconds:0} seconds");
            }

            string said = output.GetAwaiter().GetResult();
            return process.ExitCode == 0
                ? said.Trim()
                : throw Failed(python, errors.GetAwaiter().GetResult().Trim());
        }
        catch (Win32Exception exception)
        {
            throw Failed(python, exception.Message);
        }
    }

    private static TorchRuntimeException Failed(string python, string why) => new(
        $"'{python}' cannot say where its torch is: {why}. Mend it, or set Torch:Folder "
        + $"({TorchOptions.FolderVariable}) to a folder with libtorch.");
}
