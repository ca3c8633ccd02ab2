using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGallery.SystemTests.Hardware;

/// <summary>The retrieval tests once more as machines run them that lack some or all vector instructions.</summary>
public sealed class OldMachineTests
{
    [Theory]
    [InlineData("EnableHWIntrinsic")]
    [InlineData("EnableAVX512 EnableAVX512F EnableAVXVNNI")]
    public async Task RetrievalTests_WithoutInstructions_PassToo(string settings)
    {
        string folder = AppContext.BaseDirectory.Replace(
            "OrleansGallery.SystemTests", "OrleansGallery.UnitTests", StringComparison.Ordinal);
        string assembly = Path.Combine(folder, "OrleansGallery.UnitTests.dll");
        Assert.SkipUnless(File.Exists(assembly), $"'{assembly}' is not built; a build of the solution makes it.");
        ProcessStartInfo start = new("dotnet", [assembly, "-namespace", "OrleansGallery.UnitTests.Retrieval*"])
        {
            RedirectStandardOutput = true,
        };
        foreach (string setting in settings.Split(' '))
        {
            start.Environment[$"DOTNET_{setting}"] = "0";
        }

        using Process tests = Process.Start(start)!;
        string output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(tests.ExitCode == 0, output);
        Match counts = Regex.Match(output, @"Total: (\d+), Errors: 0, Failed: 0, Skipped: (\d+)");
        Assert.True(counts.Success, output);
        // What needs files that this machine lacks is skipped there with its reason, as in the run with all
        // instructions.
        Assert.InRange(Number(counts.Groups[1]) - Number(counts.Groups[2]), 150, int.MaxValue);
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);
}
