using System.Diagnostics;
using System.Text.Json.Nodes;
using OrleansGallery.Testing;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>FAISS in a Python process of its own (<c>faiss_peer.py</c>), asked for one call at a time.</summary>
internal sealed class FaissPeer : IDisposable
{
    private readonly Process _process;

    private FaissPeer(Process process) => _process = process;

    /// <summary>FAISS's version and how it was compiled.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>Starts it.</summary>
    /// <param name="python">The interpreter; null for the first with FAISS of the path's and the system's.</param>
    /// <exception cref="PeerException">There is none.</exception>
    public static FaissPeer Start(string? python)
    {
        List<string> failures = [];
        foreach (string candidate in python is null ? (string[])["python3", "/usr/bin/python3"] : [python])
        {
            try
            {
                FaissPeer peer = new(Process.Start(Command(candidate))!);
                try
                {
                    JsonObject hello = peer.Ask(new() { ["do"] = "hello" });
                    peer.Version = $"FAISS {hello["faiss"]} ({hello["options"]}, {hello["blas"]}), "
                        + $"NumPy {hello["numpy"]}, Python {hello["python"]}";
                    if ((string)hello["blas"]! == "reference BLAS")
                    {
                        SearchCommand.Progress(
                            "FAISS runs on the reference BLAS, which makes its batches 20 times slower than they need "
                            + "be: apt-get install libopenblas0-pthread.");
                    }


                    return peer;
                }
                catch (PeerException failure)
                {
                    failures.Add($"{candidate}: {failure.Message}");
                    peer.Dispose();
                }
            }
            catch (System.ComponentModel.Win32Exception failure)
            {
                failures.Add($"{candidate}: {failure.Message}");
            }
        }

        throw new PeerException(
            "No Python with FAISS was found; on Debian, apt-get install python3-faiss "
            + "libopenblas0-pthread, or name one with --python. "
            + string.Join(" ", failures));
    }

    /// <summary>Asks and waits.</summary>
    /// <param name="command">See <c>faiss_peer.py</c>.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="PeerException">It failed or ended.</exception>
    public JsonObject Ask(JsonObject command)
    {
        try
        {
            _process.StandardInput.WriteLine(command.ToJsonString());
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended, and its last line says why.
        }

        string line = _process.StandardOutput.ReadLine()
            ?? throw new PeerException($"The process ended at '{command["do"]}'; was there enough memory?");
        JsonObject answer = JsonNode.Parse(line)!.AsObject();
        return (bool)answer["ok"]! ? answer : throw new PeerException((string)answer["error"]!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(string python)
    {
        string script = Path.Combine(
            Repository.Root, "tests", "OrleansGallery.Benchmarks", "Searching", "faiss_peer.py");
        ProcessStartInfo start = new(python, [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // One thread for OpenMP and for the BLAS beneath, which FAISS does not set.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        return start;
    }
}
